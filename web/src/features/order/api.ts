import { useQuery } from '@tanstack/react-query';
import { customerKeys } from '@/features/customer/api';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Order = Schemas['WholeOrder'];
export type PaymentStatus = Schemas['PaymentStatus'];

/** Below the purchases of its customer: whatever changes those asks for it again. */
export const useOrder = (customer: string, order: string | null) =>
  useQuery({
    enabled: order !== null,
    queryKey: [...customerKeys.purchases(customer), 'order', order],
    queryFn: () => answer(api.GET('/orders/{order}', { params: { path: { order: order ?? '' } } })),
  });
