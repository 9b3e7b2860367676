import { Alert, Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { ApiProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { useProblemWords } from '@/ui/states';
import { tiesOf } from './api';
import { toOrder, toUnsettled } from './purchaseLinks';

type Props = { customer: { id: string }; problem: ApiProblem | null; onLeave?: () => void };

/** Why it was refused; what is unfinished is named with a way to it. */
export function Refusal({ customer, problem, onLeave }: Props) {
  const { t, language } = useTexts();
  const may = useMay();
  const words = useProblemWords();
  if (!problem || problem.fieldErrors().number) return null; // told at its box
  const { ties, more } = tiesOf(problem);
  const { title, detail } = words(problem);
  const leave = onLeave ? { onClick: onLeave } : {};
  const mayFollow = may('order.read');
  return (
    <Alert color="red" role="alert" title={ties.length > 0 ? t('person.ties') : title}>
      {ties.length === 0 && detail}
      {ties.map((tie) => (
        <Text key={`${tie.kind}${tie.id}`} size="sm">
          {tie.labels[language]}{' '}
          {mayFollow && tie.kind === 'order' ? (
            <Anchor component={Link} to={toOrder(customer.id, tie.number)} {...leave}>
              {tie.number}
            </Anchor>
          ) : (
            tie.number
          )}
        </Text>
      ))}
      {more > 0 && (
        <Text size="sm">
          {t('person.tiesMore', { count: more })}{' '}
          {mayFollow && (
            <Anchor component={Link} to={toUnsettled(customer.id)} {...leave}>
              {t('person.tiesAll')}
            </Anchor>
          )}
        </Text>
      )}
    </Alert>
  );
}
