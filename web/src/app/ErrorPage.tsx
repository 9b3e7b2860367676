import { Button, Center } from '@mantine/core';
import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { ApiProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { EmptyState, ProblemPanel } from '@/ui/states';
import { usePageTitle } from '@/ui/usePageTitle';

/** A page that is not there, could not be loaded, or failed while it was drawn. */
export function ErrorPage() {
  const { t } = useTexts();
  const error = useRouteError();
  const missing = error === undefined || error === null || (isRouteErrorResponse(error) && error.status === 404);
  usePageTitle(error instanceof ApiProblem ? '' : t(missing ? 'problem.notFound' : 'problem.crashed'));
  if (error instanceof ApiProblem) {
    return (
      <Center mih={320} p="lg">
        <ProblemPanel problem={error} onRetry={() => window.location.reload()} />
      </Center>
    );
  }
  return (
    <Center mih={320} component="main">
      <EmptyState
        title={missing ? t('problem.notFound') : t('problem.crashed')}
        acts={
          missing ? (
            <Button component={Link} to="/customers">
              {t('problem.toCustomers')}
            </Button>
          ) : (
            <Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>
          )
        }
      >
        {missing ? t('problem.notFoundDetail') : null}
      </EmptyState>
    </Center>
  );
}
