import { Badge, Code, Group, Stack, Text, Title } from '@mantine/core';
import classes from './docs.module.css';
import { follow, limitWords, typeWords, type Answer, type Entry, type Media, type OpenApi } from './document';
import { Prose } from './Prose';
import { SchemaView } from './SchemaView';

export function OperationView({ document, entry }: { document: OpenApi; entry: Entry }) {
  const { method, path, operation, parameters } = entry;
  const body = operation.requestBody ? follow(document, operation.requestBody) : null;
  return (
    <article className={classes.card} id={entry.id} aria-labelledby={`${entry.id}-title`}>
      <Group gap="xs" mb={4}>
        <span className={classes.method} data-method={method}>
          {method}
        </span>
        <Code fz="sm">{path}</Code>
        {operation['x-right'] && (
          <Badge variant="default" size="sm">
            {operation['x-right']}
          </Badge>
        )}
      </Group>
      <Title order={3} id={`${entry.id}-title`}>
        {operation.summary}
      </Title>
      {operation.description && <Prose text={operation.description} />}
      <Stack gap="xs" mt="xs">
        {parameters.length > 0 && (
          <details>
            <summary>Parameters ({parameters.length})</summary>
            <table className={classes.table}>
              <tbody>
                {parameters.map((parameter) => (
                  <tr key={`${parameter.in}${parameter.name}`}>
                    <th scope="row">
                      <Code>{parameter.name}</Code> <span className={classes.limits}>{parameter.in}</span>
                      {parameter.required && <span className={classes.required}> required</span>}
                    </th>
                    <td>
                      <Code>{typeWords(parameter.schema)}</Code> <span className={classes.limits}>{parameter.schema && limitWords(parameter.schema)}</span>
                      {parameter.description && <div>{parameter.description}</div>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        )}
        {body?.content && (
          <details>
            <summary>Request body</summary>
            <Content content={body.content} />
          </details>
        )}
        {Object.entries(operation.responses ?? {}).map(([status, response]) => (
          <AnswerView key={status} status={status} answer={follow(document, response)} />
        ))}
        {operation['x-codes'] && (
          <Text size="xs" c="dimmed">
            Problem codes: {operation['x-codes'].join(', ')}
          </Text>
        )}
      </Stack>
    </article>
  );
}

function AnswerView({ status, answer }: { status: string; answer: Answer }) {
  if (!answer.content) {
    return (
      <Text size="sm">
        <Code>{status}</Code> {answer.description}
      </Text>
    );
  }
  return (
    <details>
      <summary>
        <Code>{status}</Code> {answer.description}
      </summary>
      <Content content={answer.content} />
    </details>
  );
}

function Content({ content }: { content: Record<string, Media> }) {
  return Object.entries(content).map(([type, media]) => (
    <Stack key={type} gap={4} mt={4}>
      <Text size="xs" c="dimmed">
        {type}
      </Text>
      {media.schema && <SchemaView schema={media.schema} />}
      {media.example !== undefined && (
        <Code block aria-label="Example" tabIndex={0}>
          {typeof media.example === 'string' ? media.example : JSON.stringify(media.example, null, 2)}
        </Code>
      )}
    </Stack>
  ));
}
