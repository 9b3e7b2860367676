import { Alert, Anchor, Badge, Code, Loader, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import classes from './docs.module.css';
import { entriesOf, type OpenApi } from './document';
import { OperationView } from './OperationView';
import { Prose } from './Prose';
import { SchemaView } from './SchemaView';

type State = { document: OpenApi } | { problem: 'signin' | 'failed' } | null;

/** The API document as a page to read: operations by group, schemas, examples. */
export function DocsPage() {
  const [state, setState] = useState<State>(null);
  const [filter, setFilter] = useState('');
  useEffect(() => {
    fetch('/api/v1/openapi.json', { credentials: 'same-origin' })
      .then(async (response) => setState(response.ok ? { document: (await response.json()) as OpenApi } : { problem: response.status === 401 ? 'signin' : 'failed' }))
      .catch(() => setState({ problem: 'failed' }));
  }, []);
  if (state === null) return <Loader m="xl" aria-label="Loading" />;
  if ('problem' in state) {
    return (
      <Alert m="xl" maw={480} title={state.problem === 'signin' ? 'Sign in to read the API reference' : 'The document could not be loaded'}>
        {state.problem === 'signin' && <Anchor href="/signin">Sign in</Anchor>}
      </Alert>
    );
  }
  return <Loaded document={state.document} filter={filter} onFilter={setFilter} />;
}

function Loaded({ document, filter, onFilter }: { document: OpenApi; filter: string; onFilter: (filter: string) => void }) {
  const entries = useMemo(() => entriesOf(document), [document]);
  const wanted = filter.trim().toLowerCase();
  const shown = entries.filter((entry) => wanted === '' || `${entry.method} ${entry.path} ${entry.operation.summary ?? ''} ${entry.id}`.toLowerCase().includes(wanted));
  const tags = document.tags ?? [];
  const schemas = Object.entries(document.components?.['schemas'] ?? {}).filter(([name]) => wanted === '' || name.toLowerCase().includes(wanted));
  useEffect(() => {
    const target = window.location.hash.slice(1);
    if (target) window.document.getElementById(target)?.scrollIntoView();
  }, [document]);
  return (
    <div className={classes.layout}>
      <nav className={classes.side} aria-label="Operations">
        <TextInput aria-label="Filter" placeholder="Filter" value={filter} onChange={(event) => onFilter(event.currentTarget.value)} mb="sm" />
        {tags.map((tag) => {
          const own = shown.filter((entry) => entry.operation.tags?.includes(tag.name));
          if (own.length === 0) return null;
          return (
            <div key={tag.name} className={classes.sideGroup}>
              <Text size="xs" fw={700} tt="uppercase">
                {tag.name}
              </Text>
              {own.map((entry) => (
                <a key={entry.id} href={`#${entry.id}`} className={classes.sideLink}>
                  <span className={classes.method} data-method={entry.method}>
                    {entry.method}
                  </span>
                  {entry.operation.summary}
                </a>
              ))}
            </div>
          );
        })}
        <a href="#schemas" className={classes.sideLink}>
          Schemas
        </a>
      </nav>
      <main className={classes.main}>
        <Stack gap="lg">
          <div>
            <Title order={1}>
              {document.info.title} <Badge variant="default">{document.info.version}</Badge>
            </Title>
            {document.info.summary && <Text c="dimmed">{document.info.summary}</Text>}
            <Text size="sm">
              <Anchor href="/api/v1/openapi.json">openapi.json</Anchor> · <Code>/api/v1</Code>
            </Text>
          </div>
          {wanted === '' && document.info.description && <Prose text={document.info.description} />}
          {tags.map((tag) => {
            const own = shown.filter((entry) => entry.operation.tags?.includes(tag.name));
            if (own.length === 0) return null;
            return (
              <section key={tag.name} aria-label={tag.name}>
                <Title order={2} mb="xs">
                  {tag.description ?? tag.name}
                </Title>
                <Stack gap="md">
                  {own.map((entry) => (
                    <OperationView key={entry.id} document={document} entry={entry} />
                  ))}
                </Stack>
              </section>
            );
          })}
          <section id="schemas" aria-label="Schemas">
            <Title order={2} mb="xs">
              Schemas
            </Title>
            <Stack gap="sm">
              {schemas.map(([name, schema]) => (
                <details key={name} id={`schema-${name}`} className={classes.card}>
                  <summary>
                    <Code>{name}</Code>
                  </summary>
                  <SchemaView schema={schema as object} />
                </details>
              ))}
            </Stack>
          </section>
        </Stack>
      </main>
    </div>
  );
}
