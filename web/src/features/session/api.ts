import { answer, api, setCsrfToken, type Schemas } from '@/lib/api/client';
import type { Me } from '@/lib/session';

export async function signIn(input: Schemas['SignIn']): Promise<Me> {
  const me = await answer(api.POST('/session', { body: input }));
  setCsrfToken(me.csrf_token);
  return me;
}

export async function signOut(): Promise<void> {
  await answer(api.DELETE('/session')).catch(() => undefined); // over is over, however it ended
  setCsrfToken(null);
}

export type SetupInput = {
  token: string;
  shop_name: string;
  login: string;
  name: string;
  password: string;
  sender?: Schemas['Sender'];
};

export async function setUp(input: SetupInput): Promise<Me> {
  const me = await answer(api.POST('/setup', { body: input }));
  setCsrfToken(me.csrf_token);
  return me;
}

export const setupState = () => answer(api.GET('/setup'));
export const setPasswordByLink = (token: string, password: string) => answer(api.POST('/password', { body: { token, password } }));
export const confirmSession = (factor: { password: string } | { otp: string }) => answer(api.POST('/session/confirm', { body: factor }));

export async function changePassword(password: string, newPassword: string): Promise<Me> {
  const me = await answer(api.PUT('/me/password', { body: { password, new_password: newPassword } }));
  setCsrfToken(me.csrf_token);
  return me;
}

/** What stands behind # in a one-time link. It leaves the address at once, so that it is not kept or shown. */
let linkToken = '';
export function takeLinkToken(): string {
  const found = window.location.hash.slice(1);
  if (found) {
    linkToken = decodeURIComponent(found);
    window.history.replaceState(window.history.state, '', window.location.pathname);
  }
  return linkToken;
}
