import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, idempotencyKey, ifMatch, written, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';

export type Mail = Schemas['Mail'];
export type MailDetail = Schemas['MailDetail'];
export type MailStatus = Schemas['MailStatus'];
export type MailSettings = Schemas['MailSettings'];
export type MailTemplate = Schemas['MailTemplate'];
export type MailTemplateEdit = Schemas['MailTemplateEdit'];

export const mailKeys = {
  all: ['mail'] as const,
  lists: ['mail', 'list'] as const,
  list: (status: MailStatus | null) => ['mail', 'list', status] as const,
  ofCustomer: (customer: string) => ['mail', 'list', 'customer', customer] as const,
  detail: (mail: string) => ['mail', 'detail', mail] as const,
  settings: ['mail', 'settings'] as const,
  templates: ['mail', 'templates'] as const,
};

const page = (cursor: string | null) => pageOf(50, cursor);

export const useMails = (status: MailStatus | null) =>
  useInfiniteQuery({
    queryKey: mailKeys.list(status),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/mails', { params: { query: { ...page(pageParam), ...(status ? { status } : {}) } } })),
    getNextPageParam: (last) => last.next_cursor,
  });

export const useCustomerMails = (customer: string) =>
  useInfiniteQuery({
    queryKey: mailKeys.ofCustomer(customer),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/customers/{customer}/mails', { params: { path: { customer }, query: page(pageParam) } })),
    getNextPageParam: (last) => last.next_cursor,
  });

export const useMail = (mail: string) => useQuery({ queryKey: mailKeys.detail(mail), queryFn: () => answer(api.GET('/mails/{mail}', { params: { path: { mail } } })) });

export function useRetryMail() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (mail: string) => answer(api.POST('/mails/{mail}/retry', { body: {}, params: { path: { mail }, header: idempotencyKey() } })),
    onSuccess: (queued) => {
      cache.setQueryData(mailKeys.detail(queued.id), queued);
      void cache.invalidateQueries({ queryKey: mailKeys.lists });
    },
  });
}

export const useMailSettings = () => useQuery({ queryKey: mailKeys.settings, queryFn: () => answer(api.GET('/settings/mail')) });

export function useSaveMailSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: Schemas['NewMailSettings']; version: number }) => written(api.PUT('/settings/mail', { body, params: { header: ifMatch(version) } })),
    onSuccess: ({ data }) => cache.setQueryData(mailKeys.settings, data),
  });
}

export const useTestMail = () =>
  useMutation({
    mutationFn: async (to: string) => {
      const said = await answer(api.POST('/settings/mail/test', { body: { to, queue: false } }));
      if (!('delivered' in said)) throw new Error('a test mail that was not to be queued');
      return said;
    },
  });

export const useMailTemplates = () =>
  useQuery({ queryKey: mailKeys.templates, queryFn: () => answer(api.GET('/mail-templates', { params: { query: { limit: 200 } } })).then((all) => all.items) });

export function useSaveTemplate() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ template, body }: { template: MailTemplate; body: MailTemplateEdit }) =>
      written(api.PATCH('/mail-templates/{template}', { body, params: { path: { template: template.id }, header: ifMatch(template.version) } })),
    onSettled: () => cache.invalidateQueries({ queryKey: mailKeys.templates }),
  });
}

export const usePreview = () => useMutation({ mutationFn: ({ template, body }: { template: string; body: MailTemplateEdit }) => answer(api.POST('/mail-templates/{template}/preview', { body, params: { path: { template } } })) });
