// Scenarios that run on every engine, each with a server of its own.
import {after, before, describe} from 'node:test';
import {engines, Server} from './server.mjs';

/** `scenarios(held)`: `held.server` is there once the tests run. */
export function onEachEngine(name, scenarios, options) {
  for (const engine of engines) {
    describe(`${name} on ${engine}`, () => {
      const held = {};
      before(async () => {
        held.server = await Server.start(engine, options);
      });
      after(async () => {
        await held.server?.remove();
      });
      scenarios(held);
    });
  }
}
