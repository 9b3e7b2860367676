import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Member groups', (held) => {
  const as = (role) => new Client(held.server, role);
  const people = {};
  const myGroups = async (role) => expectAnswer(await as(role).get('/me'), 200).member_groups.map((group) => group.name);

  before(async () => {
    for (const person of (await as('admin').get('/staff')).body.items) people[person.login] = person.id;
  });

  it('are made, read, changed and deleted, and show in the answers about staff', async () => {
    const made = await as('admin').post('/member-groups', {name: '受注チーム', description: '電話\n受注', members: [people.viewer, people.operator]});
    const group = expectAnswer(made, 201);
    assert.deepEqual(group.members.toSorted(), [people.viewer, people.operator].toSorted());
    assert.equal(group.members_names.length, 2);
    assert.deepEqual(group.saved_searches, []);
    assert.equal(made.headers.get('etag'), '"1"');
    assert.deepEqual(await myGroups('viewer'), ['受注チーム']);
    assert.deepEqual(await myGroups('owner'), []);
    const listed = expectAnswer(await as('admin').get('/staff'), 200).items.find((person) => person.login === 'viewer');
    assert.deepEqual(listed.member_groups, [{id: group.id, name: '受注チーム'}]);
    assert.deepEqual((await as('admin').get(`/staff/${people.operator}`)).body.member_groups, [{id: group.id, name: '受注チーム'}]);

    const path = `/member-groups/${group.id}`;
    const changed = expectAnswer(await as('admin').patch(path, {members: [people.operator]}, group.version), 200);
    assert.equal(changed.version, group.version + 1);
    assert.deepEqual(await myGroups('viewer'), []);
    expectAnswer(await as('admin').patch(path, {name: 'x'}), 428, 'header.if_match_required');
    const stale = await as('admin').patch(path, {name: 'x'}, group.version);
    assert.deepEqual(expectAnswer(stale, 412, 'member_group.stale').current.members, [people.operator]);
    const deleted = await as('admin').delete(path, changed.version);
    expectAnswer(deleted, 204);
    expectAnswer(await as('admin').get(path), 404, 'member_group.not_found');
    expectAnswer(await as('admin').post(`/operations/${deleted.headers.get('otokui-operation')}/undo`, {}), 200);
    assert.deepEqual(await myGroups('operator'), ['受注チーム']);
  });

  it('are listed in pages, newest first', async () => {
    for (const name of ['いち', 'に', 'さん']) expectAnswer(await as('admin').post('/member-groups', {name}), 201);
    const first = expectAnswer(await as('admin').get('/member-groups?limit=2'), 200);
    assert.deepEqual(first.items.map((group) => group.name), ['さん', 'に']);
    const second = expectAnswer(await as('admin').get(`/member-groups?limit=2&cursor=${first.next_cursor}`), 200);
    assert.equal(second.items[0].name, 'いち');
  });

  it('name every fault, and a taken name', async () => {
    expectAnswer(await as('admin').post('/member-groups', {name: '重複'}), 201);
    expectAnswer(await as('admin').post('/member-groups', {name: ' 重複 '}), 409, 'member_group.name_taken');
    const wrong = await as('admin').post('/member-groups', {name: '', description: 7, members: ['x'], colour: 'red'});
    expectAnswer(wrong, 422, 'member_group.invalid');
    assert.deepEqual(pointers(wrong), ['/colour unknown_field', '/description wrong_type', '/members wrong_type', '/name required']);
    const stranger = await as('admin').post('/member-groups', {name: 'y', members: [people.viewer, '999999']});
    assert.deepEqual(pointers(stranger), ['/members/1 not_found']);
    expectAnswer(await as('operator').post('/member-groups', {name: 'z'}), 403, 'forbidden');
    expectAnswer(await as('operator').get('/member-groups'), 403, 'forbidden');
  });
});
