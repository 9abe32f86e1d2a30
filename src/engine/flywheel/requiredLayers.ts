import { UserError } from '../domain/errors';
import {
  alwaysRequired,
  layerIds,
  requiredUnlessTold,
  type LayerId,
  type SandboxLayer,
  type SandboxReport,
} from '../domain/ports';

/**
 * The layers that must be on before anything runs: those that are demanded always, and those
 * asked for, or the usual ones where nothing was asked. What is asked can add, never take away.
 * An unknown name is a UserError: a misspelt demand must not be a demand for nothing.
 */
export function requiredLayers(asked?: readonly string[]): ReadonlySet<LayerId> {
  for (const name of asked ?? []) {
    if (isLayerId(name)) continue;
    throw new UserError({
      code: 'badUsage',
      message: `There is no layer ${name}`,
      mend: `The layers are ${layerIds.join(', ')}.`,
    });
  }
  return new Set([...alwaysRequired, ...(asked?.filter(isLayerId) ?? requiredUnlessTold)]);
}

/** The report with the demanded layers marked; one that the sandbox never looked for is off. */
export function withRequired(report: SandboxReport, required: ReadonlySet<LayerId>): SandboxReport {
  if (!report.usable) return report;
  const told = new Set(report.layers.flatMap(({ ids = [] }) => ids));
  const unknown = [...required]
    .filter((id) => !told.has(id))
    .map((id): SandboxLayer => ({
      ids: [id],
      name: id,
      state: 'off',
      stops: '',
      detail: `${report.name} has no such layer`,
      required: true,
    }));
  const marked = report.layers.map((layer) =>
    layer.ids?.some((id) => required.has(id)) === true ? { ...layer, required: true } : layer,
  );
  return { ...report, layers: [...marked, ...unknown] };
}

export interface MissingLayer {
  readonly problem: string;
  readonly mend: string;
}

/** Why programs must not run in this sandbox: the demanded layers that are not on. Null: they may. */
export function missingLayer(report: SandboxReport): MissingLayer | null {
  const missing = report.layers.filter((layer) => layer.required === true && layer.state !== 'on');
  if (missing.length === 0) return null;
  const words = missing.map(({ name, ids = [], state, detail }) => {
    const why = detail === undefined ? '' : `: ${detail}`;
    return `${name} (${ids.join(', ')}) is ${state}${why}`;
  });
  const mends = missing.flatMap(({ ids = [] }) => ids.map((id) => mendOf[id]));
  return {
    problem: `A layer of ${report.name} that is demanded does not hold. ${words.join('; ')}`,
    mend: [...new Set(mends)].join(' '),
  };
}

export interface UnjudgedReason extends MissingLayer {
  /** `layerMissing`: there is a sandbox, and it lacks what is demanded. */
  readonly code: 'noSandbox' | 'layerMissing';
}

/** Why nothing may be judged in this sandbox; null where it may. */
export function whyUnjudged(report: SandboxReport): UnjudgedReason | null {
  if (report.usable) {
    const missing = missingLayer(report);
    return missing && { ...missing, code: 'layerMissing' };
  }
  const { name, problem = `${name} does not work here`, mend = 'Use another language.' } = report;
  return { code: 'noSandbox', problem, mend };
}

const canBeDropped =
  'To work without it, name the layers you demand: --require-layers, in VS Code the setting flywheel.sandbox.requiredLayers.';
const mendOf: Readonly<Record<LayerId, string>> = {
  namespaces: 'Use a newer bubblewrap and a kernel with namespaces; flywheel doctor says more.',
  network: 'Use a kernel with network namespaces; flywheel doctor says more.',
  files: 'Keep the interpreter outside of your home folder, or update bubblewrap.',
  user: `Run as an ordinary user. ${canBeDropped}`,
  processes: `Run as an ordinary user, or where control groups for processes can be had. ${canBeDropped}`,
  memory: `Run on a machine that is less busy, or where control groups for memory can be had. ${canBeDropped}`,
  systemCalls: `Use bubblewrap 0.4 or newer on an x64 or arm64 processor. ${canBeDropped}`,
};

function isLayerId(name: string): name is LayerId {
  return layerIds.some((id) => id === name);
}
