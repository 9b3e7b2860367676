import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

// Each part a shop can switch off, with a field of it and what else is its own.
const kParts = [
  {part: 'points', fields: ['points', 'points_expire_at'], leaf: {field: 'points', op: 'at_least', value: 1}, things: ['point_entry'], route: (id) => `/customers/${id}/points`, sort: 'points'},
  {part: 'labels', fields: ['labels', 'labels_names'], leaf: {field: 'labels', op: 'not_empty'}, things: [], route: () => '/labels'},
  {part: 'levels', fields: ['level', 'level_name', 'level_fixed'], leaf: {field: 'level_fixed', op: 'is', value: false}, things: [], route: (id) => `/customers/${id}/level/why`},
  {part: 'special_types', fields: ['special_type', 'special_type_name'], leaf: {field: 'special_type', op: 'empty'}, things: [], route: () => '/special-types'},
  {part: 'coupons', fields: [], leaf: null, things: ['coupon'], route: (id) => `/customers/${id}/coupons`},
  {part: 'block_list', fields: ['blocked', 'block_reasons', 'block_reasons_names'], leaf: {field: 'blocked', op: 'is', value: false}, things: [], route: () => '/block-reasons'},
];

onEachEngine('A part that is switched off', (held) => {
  const as = (role) => new Client(held.server, role);
  let customer;
  before(async () => {
    await held.server.command(['demo', '--customers', '30', '--seed', '7']);
    customer = expectAnswer(await as('admin').post('/customers', {family_name: '田中', status: 'member'}), 201);
  });
  const put = async (part, on) => expectAnswer(await as('admin').patch('/settings/features', {[part]: on}, '*'), 200);
  const codes = ({body}) => body.errors.map(({pointer, code}) => `${pointer} ${code}`);
  const finished = async (id) => {
    for (;;) {
      const job = expectAnswer(await as('admin').get(`/jobs/${id}`), 200);
      if (!['queued', 'running'].includes(job.status)) return job;
      await pause(20);
    }
  };
  const exported = async (body) => {
    const job = await finished(expectAnswer(await as('admin').post('/exports/customers', body), 202).job);
    return (await as('admin').get(`/jobs/${job.id}/result`, {check: false})).text;
  };

  for (const {part, fields, leaf, things, route, sort} of kParts) {
    it(`FEATURES 54: ${part} leave the record, the catalogue, conditions, columns, order, files and routes, and come back`, async () => {
      const before = expectAnswer(await as('admin').get(`/customers/${customer.id}`), 200);
      const catalogued = async () => {
        const catalogue = expectAnswer(await as('admin').get('/catalogue'), 200);
        return {fields: catalogue.fields.map(({key}) => key), past: catalogue.past_fields.map(({key}) => key), things: catalogue.things.map(({key}) => key)};
      };
      await put(part, false);
      try {
        const off = expectAnswer(await as('admin').get(`/customers/${customer.id}`), 200);
        for (const key of fields) assert.ok(key in before && !(key in off), key);
        assert.equal(Object.keys(before).length - Object.keys(off).length, fields.length);
        const past = expectAnswer(await as('admin').get(`/customers/${customer.id}?as_of=${encodeURIComponent(before.updated_at)}`), 200);
        for (const key of fields) assert.ok(!(key in past), `${key} of the past`);
        const keys = fields.filter((key) => !/_names?$/.test(key));
        const {fields: known, past: remembered, things: asked} = await catalogued();
        for (const key of keys) assert.ok(!known.includes(key) && remembered.includes(key), key);
        for (const key of things) assert.ok(!asked.includes(key), key);
        const search = (body) => as('admin').post('/customers/search', body);
        if (leaf) assert.deepEqual(codes(expect422(await search({condition: leaf}))), ['/condition/field feature_off']);
        for (const key of things) assert.deepEqual(codes(expect422(await search({condition: {has: key}}))), ['/condition/has feature_off']);
        if (keys.length > 0) assert.deepEqual(codes(expect422(await search({columns: ['id', keys[0]]}))), ['/columns/1 feature_off']);
        if (sort) assert.deepEqual(codes(expect422(await search({sort: [{field: sort, direction: 'asc'}]}))), ['/sort/0/field feature_off']);
        for (const row of expectAnswer(await search({limit: 1}), 200).items) for (const key of fields) assert.ok(!(key in row), key);
        const header = (await exported({header: 'keys', encoding: 'utf-8', condition: {field: 'id', op: 'is', value: customer.id}})).split('\r\n')[0].split(',');
        for (const key of keys) assert.ok(!header.includes(key), `${key} in a file`);
        if (keys.length > 0) expectAnswer(await as('admin').post('/exports/customers', {columns: [keys[0]]}), 422);
        expectAnswer(await as('admin').get(route(customer.id)), 404, 'feature.off');
      } finally {
        await put(part, true);
      }
      assert.deepEqual(expectAnswer(await as('admin').get(`/customers/${customer.id}`), 200), before);
      assert.deepEqual((await catalogued()).past, []);
      if (leaf) expectAnswer(await as('admin').post('/customers/search', {condition: leaf}), 200);
      expectAnswer(await as('admin').get(route(customer.id)), 200);
    });
  }

  function expect422(answer) {
    assert.equal(answer.status, 422, answer.text);
    return answer;
  }

  it('keeps what it held, and tells the person of it', async () => {
    const {fields} = expectAnswer(await as('admin').get('/catalogue'), 200);
    const label = fields.find(({key}) => key === 'labels').options[0];
    const held = expectAnswer(await as('admin').post('/customers', {family_name: '林', labels: [label.value]}), 201);
    await put('labels', false);
    try {
      const {text} = await as('owner').get(`/customers/${held.id}/disclosure`, {check: false});
      assert.ok(text.includes(label.labels.ja));
      const refused = await as('admin').patch(`/customers/${held.id}`, {labels: []}, held.version);
      assert.deepEqual(codes(expect422(refused)), ['/labels feature_off']);
    } finally {
      await put('labels', true);
    }
    assert.deepEqual(expectAnswer(await as('admin').get(`/customers/${held.id}`), 200).labels, [label.value]);
  });
});
