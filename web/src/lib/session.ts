import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answer, api, setCsrfToken, type Schemas } from './api/client';

export type Me = Schemas['Me'];
export type Right = Schemas['Right'];
export type Preferences = Schemas['Preferences'];

export const sessionKeys = { me: ['me'] as const, preferences: ['me', 'preferences'] as const };

export const meQuery = {
  queryKey: sessionKeys.me,
  queryFn: async (): Promise<Me> => {
    const me = await answer(api.GET('/me'));
    setCsrfToken(me.csrf_token);
    return me;
  },
  staleTime: 5 * 60_000,
};

/** Who is signed in; only below the frame, which waits for the answer. */
export function useMe(): Me {
  const me = useQuery(meQuery);
  if (!me.data) throw new Error('used outside the frame');
  return me.data;
}

export function useMay(): (right: Right) => boolean {
  const { rights } = useMe();
  return useCallback((right) => rights.includes(right), [rights]);
}

/** A part of the product that a shop can switch off (settings of the document `features`). */
export type Feature = 'points' | 'labels' | 'levels' | 'special_types' | 'coupons' | 'block_list';

/** Whether a part of the product is switched on. */
export function useFeature(): (feature: Feature) => boolean {
  const { features } = useMe();
  return useCallback((feature) => features.includes(feature), [features]);
}

export const preferencesQuery = {
  queryKey: sessionKeys.preferences,
  queryFn: (): Promise<Preferences> => answer(api.GET('/me/preferences')),
  staleTime: Infinity,
};

/** How this person likes the screens, kept on the server: the same on every computer. */
export function usePreferences(): [Preferences, (change: Preferences) => void] {
  const cache = useQueryClient();
  const preferences = useQuery(preferencesQuery).data ?? {};
  const { mutate } = useMutation({
    mutationFn: (body: Preferences) => answer(api.PUT('/me/preferences', { body })),
    scope: { id: 'preferences' }, // one after the other, so that the last change wins
  });
  const change = useCallback(
    (part: Preferences) => {
      const next = { ...cache.getQueryData<Preferences>(sessionKeys.preferences), ...part };
      cache.setQueryData(sessionKeys.preferences, next);
      mutate(next);
    },
    [cache, mutate],
  );
  return [preferences, change];
}
