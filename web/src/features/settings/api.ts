import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, ifMatch, written, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';
import { sessionKeys } from '@/lib/session';

export type Staff = Schemas['Staff'];
export type Token = Schemas['Token'];
export type Session = Schemas['Session'];
export type GeneralSettings = Schemas['GeneralSettings'];

export type NewStaff = { login: string; name: string; kana: string | null; email: string | null; mail_language: Schemas['MailLanguage']; role: string };

const keys = { general: ['settings', 'general'] as const, staff: ['settings', 'staff'] as const, tokens: ['settings', 'tokens'] as const, sessions: ['settings', 'sessions'] as const };
const page = (cursor: string | null) => pageOf(200, cursor);

export const useGeneral = () => useQuery({ queryKey: keys.general, queryFn: () => answer(api.GET('/settings/general')) });

export function useSaveGeneral() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: Schemas['NewGeneralSettings']; version: number }) =>
      written(api.PUT('/settings/general', { body, params: { header: ifMatch(version) } })),
    onSuccess: ({ data }) => {
      cache.setQueryData(keys.general, data);
      void cache.invalidateQueries({ queryKey: sessionKeys.me, exact: true });
    },
  });
}

export function usePutMailLanguage() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (language: Schemas['MailLanguage']) => answer(api.PUT('/me/mail-language', { body: { mail_language: language } })),
    onSettled: () => cache.invalidateQueries({ queryKey: sessionKeys.me, exact: true }),
  });
}

export const useStaff = () =>
  useInfiniteQuery({ queryKey: keys.staff, initialPageParam: null as string | null, queryFn: ({ pageParam }) => answer(api.GET('/staff', { params: { query: page(pageParam) } })), getNextPageParam: (last) => last.next_cursor });

export function useCreateStaff() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewStaff) => answer(api.POST('/staff', { body, params: { header: { 'Idempotency-Key': crypto.randomUUID() } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.staff }),
  });
}

export function useChangeStaff() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ staff, body }: { staff: Staff; body: Partial<Omit<NewStaff, 'login'>> & { disabled?: boolean } }) =>
      written(api.PATCH('/staff/{staff}', { body, params: { path: { staff: staff.id }, header: ifMatch(staff.version) } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.staff }),
  });
}

export const useStaffLink = () => useMutation({ mutationFn: (staff: string) => answer(api.POST('/staff/{staff}/link', { body: {}, params: { path: { staff } } })) });

export function useDeleteStaff() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (staff: Staff) => answer(api.DELETE('/staff/{staff}', { params: { path: { staff: staff.id }, header: ifMatch(staff.version) } })),
    onSettled: () => cache.invalidateQueries({ queryKey: ['settings'] }),
  });
}

export function useRemoveTotp() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (staff: Staff) => answer(api.DELETE('/staff/{staff}/totp', { params: { path: { staff: staff.id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.staff }),
  });
}

export const useTokens = () =>
  useInfiniteQuery({ queryKey: keys.tokens, initialPageParam: null as string | null, queryFn: ({ pageParam }) => answer(api.GET('/tokens', { params: { query: page(pageParam) } })), getNextPageParam: (last) => last.next_cursor });

export function useCreateToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; scopes?: Schemas['Right'][]; expires_at?: string }) => answer(api.POST('/tokens', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.tokens }),
  });
}

export function useRevokeToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => answer(api.DELETE('/tokens/{token}', { params: { path: { token } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.tokens }),
  });
}

/** Open sessions of a person; `me` for one's own. */
export const useSessions = (staff: string) => useQuery({ queryKey: [...keys.sessions, staff], queryFn: () => answer(api.GET('/staff/{staff}/sessions', { params: { path: { staff }, query: { limit: 200 } } })) });

export function useEndSession(staff: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (session: string | 'others' | 'all') =>
      session === 'others' || session === 'all'
        ? answer(api.DELETE('/staff/{staff}/sessions', { params: { path: { staff }, query: { current: session === 'all' && staff === 'me' } } }))
        : answer(api.DELETE('/staff/{staff}/sessions/{session}', { params: { path: { staff, session } } })),
    onSuccess: (_, session) => (session === 'all' && staff === 'me' ? window.location.assign('/signin') : undefined),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.sessions }),
  });
}
