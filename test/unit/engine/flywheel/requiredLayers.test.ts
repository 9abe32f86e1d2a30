import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../../../src/engine/domain/errors';
import {
  alwaysRequired,
  layerIds,
  type LayerId,
  type SandboxLayer,
  type SandboxReport,
} from '../../../../src/engine/domain/ports';
import {
  missingLayer,
  requiredLayers,
  withRequired,
} from '../../../../src/engine/flywheel/requiredLayers';

const report = (states: Partial<Record<LayerId, SandboxLayer['state']>>): SandboxReport => ({
  name: 'box',
  languages: ['python'],
  usable: true,
  layers: layerIds.flatMap((id): SandboxLayer[] => {
    const state = states[id];
    return state === undefined ? [] : [{ ids: [id], name: `the ${id}`, state, stops: 'harm' }];
  }),
});
const all = Object.fromEntries(layerIds.map((id) => [id, 'on'])) as Record<LayerId, 'on'>;

describe('demanded layers', () => {
  it('are never fewer than those without which a program would be loose', () => {
    fc.assert(
      fc.property(fc.option(fc.subarray([...layerIds]), { nil: undefined }), (asked) => {
        const required = requiredLayers(asked);
        for (const id of alwaysRequired) assert.ok(required.has(id));
        for (const id of asked ?? []) assert.ok(required.has(id));
      }),
    );
  });

  it('are also user, processes and memory where nothing was asked', () => {
    const required = requiredLayers();
    assert.ok((['user', 'processes', 'memory'] as const).every((id) => required.has(id)));
    assert.ok(!required.has('systemCalls'));
  });

  it('refuse a name that they do not know', () => {
    assert.throws(
      () => requiredLayers(['memory', 'seccomp']),
      (error: unknown) => error instanceof UserError && /seccomp/.test(error.message),
    );
  });

  it('let work go on exactly where each of them is on', () => {
    const state = fc.constantFrom<SandboxLayer['state'] | undefined>(
      'on',
      'off',
      'unverified',
      undefined,
    );
    const states = fc.record(
      Object.fromEntries(layerIds.map((id) => [id, state])) as Record<LayerId, typeof state>,
    );
    fc.assert(
      fc.property(states, fc.subarray([...layerIds]), (found, asked) => {
        const required = requiredLayers(asked);
        const missing = missingLayer(withRequired(report(defined(found)), required));
        const off = [...required].filter((id) => found[id] !== 'on');
        assert.equal(missing === null, off.length === 0);
        for (const id of off) assert.ok(missing?.problem.includes(id), missing?.problem);
        if (missing !== null) assert.ok(missing.mend.length > 0);
      }),
    );
  });

  it('are told with the reason and what to do', () => {
    const found = report({ ...all, memory: 'unverified' });
    const layers = found.layers.map((layer) =>
      layer.ids?.includes('memory') === true ? { ...layer, detail: 'the probe broke' } : layer,
    );
    const missing = missingLayer(withRequired({ ...found, layers }, requiredLayers()));
    assert.match(missing?.problem ?? '', /the memory \(memory\) is unverified: the probe broke/);
    assert.match(missing?.mend ?? '', /--require-layers/);
  });

  it('are marked for people, and others are not', () => {
    const marked = withRequired(report(all), requiredLayers(['systemCalls']));
    const names = marked.layers.filter(({ required }) => required).map(({ name }) => name);
    assert.deepEqual(names.sort(), [
      'the files',
      'the namespaces',
      'the network',
      'the systemCalls',
    ]);
  });
});

function defined<T extends object>(found: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
