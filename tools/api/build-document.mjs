// Turns the API document from YAML into the JSON that src/api embeds:
//
//     node build-document.mjs OPENAPI.yaml OUTPUT.json
import {readFileSync, writeFileSync} from 'node:fs';
import {parse} from 'yaml';

const [source, target] = process.argv.slice(2);
if (!source || !target) {
  console.error('usage: node build-document.mjs OPENAPI.yaml OUTPUT.json');
  process.exit(2);
}
writeFileSync(target, `${JSON.stringify(parse(readFileSync(source, 'utf8')))}\n`);
