import type { Schema } from './taskSchema';

type Path = readonly (string | number)[];

/**
 * What a schema says of the place that a path leads to, all of it that fits the value there: of
 * several forms of an object those whose constant keys are as they are in `value`.
 */
export function schemasAt(schema: Schema, path: Path, value: unknown): Schema[] {
  const [step, ...rest] = path;
  if (step === undefined) return formsOf(schema, value);
  const inside = childOf(value, step);
  return formsOf(schema, value).flatMap((form) => {
    const next = typeof step === 'number' ? form.items : form.properties?.[step];
    return next === undefined ? [] : schemasAt(next, rest, inside);
  });
}

/** A schema itself, and those of its forms that a value may still become. */
function formsOf(schema: Schema, value: unknown): Schema[] {
  const forms = (schema.anyOf ?? []).flatMap((form) => formsOf(form, value));
  const fitting = forms.filter((form) => mayBe(form, value));
  return [schema, ...(fitting.length > 0 ? fitting : forms)];
}

function mayBe({ properties = {} }: Schema, value: unknown): boolean {
  return Object.entries(properties).every(([key, { const: wanted }]) => {
    const given = childOf(value, key);
    return wanted === undefined || typeof given !== 'string' || given === wanted;
  });
}

function childOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[step];
}
