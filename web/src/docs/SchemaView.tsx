import { Anchor, Code, Text } from '@mantine/core';
import classes from './docs.module.css';
import { limitWords, refName, typeWords, type Schema } from './document';

function TypeWords({ schema }: { schema: Schema }) {
  const target = schema.$ref ?? schema.items?.$ref;
  const words = typeWords(schema);
  if (!target) return <Code>{words}</Code>;
  return (
    <Anchor href={`#schema-${refName(target)}`} size="sm">
      <Code>{words}</Code>
    </Anchor>
  );
}

/** The members of a schema with type, limits and meaning. */
export function SchemaView({ schema }: { schema: Schema }) {
  if (schema.allOf) return schema.allOf.map((part, at) => <SchemaView key={at} schema={part} />);
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) {
    return (
      <Text size="sm" component="div">
        <TypeWords schema={schema} /> {limitWords(schema)} {schema.description}
      </Text>
    );
  }
  return (
    <table className={classes.table}>
      <tbody>
        {properties.map(([name, property]) => (
          <tr key={name}>
            <th scope="row">
              <Code>{name}</Code>
              {schema.required?.includes(name) && <span className={classes.required}> required</span>}
            </th>
            <td>
              <TypeWords schema={property} /> <span className={classes.limits}>{limitWords(property)}</span>
              {property.description && <div>{property.description}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
