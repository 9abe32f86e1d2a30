import { strict as assert } from 'node:assert';
import { z } from 'zod';
import { makersOffered } from '../../../src/editor/commands/chooseMakers';
import { taskSchema as shownSchema, type Schema } from '../../../src/editor/taskFiles/taskSchema';
import { makerNames } from '../../../src/engine/flywheel/workbench';
import { taskSchema } from '../../../src/engine/tasks/formats/ownFormat';
import { testSchemas } from '../../../src/engine/tasks/formats/ownTests';

/** What the engine reads, as JSON Schema. */
function engineSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
}

describe('the schema of task files', () => {
  const shown = shownSchema();

  it('has the keys that the engine reads, and says what each means', () => {
    const read = engineSchema(taskSchema);
    assert.deepEqual(keysOf(shown), keysOf(read));
    assert.deepEqual([...(shown.required ?? [])].sort(), [...(read.required ?? [])].sort());
    for (const key of ['limits', 'source']) {
      const keys = (schema: Schema): string[] => keysOf(schema.properties?.[key] ?? {});
      assert.deepEqual(keys(shown), keys(read), key);
    }
    for (const key of ['promptKind', 'judging']) {
      assert.deepEqual(shown.properties?.[key]?.enum, read.properties?.[key]?.enum, key);
    }
    for (const [key, { description }] of Object.entries(shown.properties ?? {})) {
      assert.ok(description, key);
    }
  });

  it('has every kind of test with its keys', () => {
    const forms = shown.properties?.['tests']?.items?.anyOf ?? [];
    assert.deepEqual(
      forms.map(({ properties }) => properties?.['kind']?.const).sort(),
      Object.keys(testSchemas).sort(),
    );
    for (const [kind, schema] of Object.entries(testSchemas)) {
      const form = forms.find(({ properties }) => properties?.['kind']?.const === kind);
      const read = engineSchema(schema);
      assert.deepEqual(keysOf(form ?? {}), keysOf(read), kind);
      const required = new Set([...(read.required ?? []), 'kind']);
      assert.deepEqual([...(form?.required ?? [])].sort(), [...required].sort(), kind);
      for (const { enum: values, enumDescriptions } of Object.values(form?.properties ?? {})) {
        assert.equal(values?.length, enumDescriptions?.length, kind);
      }
    }
  });

  it('is offered with every maker of the engine', () => {
    assert.deepEqual([...makersOffered].sort(), [...makerNames].sort());
  });
});

function keysOf({ properties = {} }: Schema): string[] {
  return Object.keys(properties).sort();
}
