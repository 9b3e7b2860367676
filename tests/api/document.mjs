// Turns the API document from YAML into the JSON that the server carries: node document.mjs IN.yaml OUT.json
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'yaml';

const [source, target] = process.argv.slice(2);
if (!source || !target) {
  console.error('usage: node document.mjs IN.yaml OUT.json');
  process.exit(2);
}
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${JSON.stringify(parse(readFileSync(source, 'utf8')))}\n`);
