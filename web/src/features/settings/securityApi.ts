import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, idempotencyKey, ifMatch, setCsrfToken, written, type Schemas } from '@/lib/api/client';
import { sessionKeys } from '@/lib/session';

export type RoleEntry = Schemas['RoleEntry'];
export type RoleDraft = Schemas['RoleDraft'];
export type RightEntry = Schemas['RightEntry'];
export type SecuritySettings = Schemas['SecuritySettings'];

const keys = { rights: ['rights'] as const, roles: ['settings', 'roles'] as const, totp: ['me', 'totp'] as const, security: ['settings', 'security'] as const };

export const useRights = () => useQuery({ queryKey: keys.rights, queryFn: () => answer(api.GET('/rights')), staleTime: Infinity });
export const useRoles = (enabled = true) => useQuery({ queryKey: keys.roles, queryFn: () => answer(api.GET('/roles')), enabled });

export function useSaveRole() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (save: { role: RoleEntry; body: Partial<RoleDraft> } | { role: null; body: RoleDraft }) =>
      save.role
        ? written(api.PATCH('/roles/{role}', { body: save.body, params: { path: { role: save.role.id }, header: ifMatch(save.role.version) } }))
        : written(api.POST('/roles', { body: save.body, params: { header: idempotencyKey() } })),
    onSettled: () => cache.invalidateQueries({ queryKey: ['settings'] }),
  });
}

export function useDeleteRole() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (role: RoleEntry) => written(api.DELETE('/roles/{role}', { params: { path: { role: role.id }, header: ifMatch(role.version) } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.roles }),
  });
}

export const useTotp = () => useQuery({ queryKey: keys.totp, queryFn: () => answer(api.GET('/me/totp')) });
export const useBeginTotp = () => useMutation({ mutationFn: () => answer(api.POST('/me/totp', { body: {} })) });

/** A change of factor ends every session and goes on under a new one: its token comes with the answer or with `GET /me`. */
function useFactorChanged() {
  const cache = useQueryClient();
  return async (csrf?: string) => {
    if (csrf) setCsrfToken(csrf);
    await cache.invalidateQueries({ queryKey: sessionKeys.me });
  };
}

export function useConfirmTotp() {
  const changed = useFactorChanged();
  return useMutation({ mutationFn: (otp: string) => answer(api.POST('/me/totp/confirm', { body: { otp } })), onSuccess: (on) => changed(on.csrf_token) });
}

export function useTotpOff() {
  const changed = useFactorChanged();
  return useMutation({ mutationFn: () => answer(api.DELETE('/me/totp')), onSuccess: () => changed() });
}

export function useRenewCodes() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/me/totp/recovery-codes', { body: {} })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.totp }),
  });
}

export const useSecurity = () => useQuery({ queryKey: keys.security, queryFn: () => answer(api.GET('/settings/security')) });

/** `onSaved`: the form that saved is gone by then, since it begins anew with the new version. */
export function useSaveSecurity(onSaved: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: Schemas['NewSecuritySettings']; version: number }) => answer(api.PUT('/settings/security', { body, params: { header: ifMatch(version) } })),
    onSuccess: (saved) => {
      onSaved();
      cache.setQueryData(keys.security, saved);
      void cache.invalidateQueries({ queryKey: sessionKeys.me });
    },
  });
}
