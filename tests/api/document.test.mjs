// The document itself: redocly's recommended rules, and a right and a tag for each operation.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {operations} from './support/document.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

test('the document follows the recommended rules', async () => {
  await promisify(execFile)(
    process.execPath,
    ['node_modules/@redocly/cli/bin/cli.js', 'lint', '--config', 'redocly.yaml', '../../docs/api/openapi.yaml'],
    {cwd: here, env: {...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true'}},
  );
});

test('every operation that changes a record asks for If-Match, and every POST that creates takes an Idempotency-Key', () => {
  const withVersion = operations.filter(({method}) => method === 'patch');
  assert.ok(withVersion.length > 0);
  for (const operation of withVersion)
    assert.ok(operation.parameters.some((parameter) => parameter.name === 'If-Match'), operation.id);
  for (const id of ['createCustomer', 'createAddress', 'createStaff', 'startImport', 'startExport', 'undoOperation']) {
    const operation = operations.find((candidate) => candidate.id === id);
    assert.ok(operation.parameters.some((parameter) => parameter.name === 'Idempotency-Key'), id);
  }
});
