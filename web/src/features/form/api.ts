import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, idempotencyKey, ifMatch, written, type Schemas } from '@/lib/api/client';

export type FormField = Schemas['FormField'];
export type FormFieldType = Schemas['FormFieldType'];
export type FormFieldInput = Schemas['FormFieldInput'];

const key = ['form-fields'] as const;

export const useFormFields = () => useQuery({ queryKey: key, queryFn: () => answer(api.GET('/form-fields')) });

/** Fields are part of the catalogue: whatever shows customers follows. */
function useFieldMutation<Input, Output>(act: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all([cache.invalidateQueries({ queryKey: key }), cache.invalidateQueries({ queryKey: ['catalogue'] })]),
  });
}

export type NewField = FormFieldInput & { key: string; type: FormFieldType; labels: Schemas['FormFieldLabels'] };

export const useCreateFormField = () => useFieldMutation((body: NewField) => written(api.POST('/form-fields', { body, params: { header: idempotencyKey() } })));

export const useChangeFormField = () =>
  useFieldMutation(({ field, body }: { field: FormField; body: FormFieldInput & { retired?: boolean } }) =>
    written(api.PATCH('/form-fields/{field}', { body, params: { path: { field: field.id }, header: ifMatch(field.version) } })),
  );

export const useDeleteFormField = () => useFieldMutation((field: FormField) => written(api.DELETE('/form-fields/{field}', { params: { path: { field: field.id }, header: ifMatch(field.version) } })));

export const useOrderFormFields = () => useFieldMutation((ids: string[]) => written(api.PUT('/form-fields/order', { body: { ids } })));
