import type { TestOutcome } from '../../domain/verdict';
import type { Told } from '../compose';
import type { HarnessMessage } from './harnessMessages';

/** What the messages of one judging say of a program and its tests. */
export function tell(messages: readonly HarnessMessage[]): Told {
  const ended = new Map<string, TestOutcome>();
  let running: string | undefined;
  let unloaded: Told['unloaded'];
  let unusable: string | undefined;
  let tampered: string | undefined;
  let done = false;
  for (const message of messages) {
    switch (message.kind) {
      case 'notCompiled':
      case 'crashed': {
        const where = message.line === null ? '' : ` (line ${String(message.line)})`;
        unloaded = { status: message.kind, message: message.message + where };
        break;
      }
      case 'unusable':
        unusable = message.message;
        break;
      case 'tampered':
        tampered = message.message;
        break;
      case 'begin':
        running = message.id;
        break;
      case 'end': {
        const { kind: _, outcome, ...rest } = message;
        running = undefined;
        if (outcome === 'unusable') unusable = `${message.id}: ${message.message ?? ''}`;
        else ended.set(message.id, { outcome, ...defined(rest) });
        break;
      }
      case 'done':
        done = true;
        break;
      case 'loaded':
      case 'lines':
      case 'trace':
      case 'calls':
      case 'output':
      case 'outOfMemory':
      case 'screened':
        break;
    }
  }
  return {
    ended,
    done,
    ...(running === undefined ? {} : { running }),
    ...(unloaded ? { unloaded } : {}),
    ...(unusable === undefined ? {} : { unusable }),
    ...tamper(tampered),
  };
}

export function tamper(stray: string | undefined): { tampered?: string } {
  return stray === undefined ? {} : { tampered: stray };
}

function defined(fields: {
  id: string;
  message?: string | undefined;
  statement?: string | undefined;
  expected?: string | undefined;
  actual?: string | undefined;
}): Omit<TestOutcome, 'outcome'> {
  const { id, message, statement, expected, actual } = fields;
  return {
    id,
    ...(message === undefined ? {} : { message }),
    ...(statement === undefined ? {} : { statement }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}
