import * as vscode from 'vscode';

/** The part of JSON Schema (draft 7) that describes a task. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly string[];
  /** What each value of `enum` stands for, in its order. */
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly const?: string;
}

/** One line of a file with tasks, in the words of the editor's language. */
export function taskSchema(): Schema {
  const text = (description: string): Schema => ({ type: 'string', description });
  const whole = (description: string): Schema => ({ type: 'integer', description });
  const words = (description: string): Schema => ({
    type: 'array',
    items: { type: 'string' },
    description,
  });
  return {
    type: 'object',
    description: vscode.l10n.t('What to solve, with the tests that decide it.'),
    required: ['id', 'language', 'prompt', 'tests'],
    properties: {
      id: text(vscode.l10n.t('The author’s name for the task. It stands once in a file.')),
      language: {
        type: 'string',
        description: vscode.l10n.t('What programs are written in.'),
        enum: ['python', 'javascript', 'typescript'],
        enumDescriptions: [
          vscode.l10n.t('Judged in the sandbox for Python.'),
          vscode.l10n.t('Judged in QuickJS, or in Node where it needs it.'),
          vscode.l10n.t('Its types are taken away; then as JavaScript.'),
        ],
        // Others are judged by io tests alone.
        anyOf: [{ type: 'string' }],
      },
      prompt: text(vscode.l10n.t('What is asked for, as a solver reads it.')),
      promptKind: {
        type: 'string',
        description: vscode.l10n.t('What the prompt is.'),
        enum: ['text', 'code'],
        enumDescriptions: [
          vscode.l10n.t('Words.'),
          vscode.l10n.t('The beginning of the program, as in HumanEval.'),
        ],
        default: 'text',
      },
      entryPoint: text(vscode.l10n.t('The function that tests call.')),
      starter: text(vscode.l10n.t('The program to begin with: faulty, empty or old.')),
      support: text(
        vscode.l10n.t(
          'Code that tests may use. It runs with the tests and is never taken from the program.',
        ),
      ),
      reference: text(
        vscode.l10n.t('A program that passes. Solvers do not see it; the gate measures by it.'),
      ),
      judging: {
        type: 'string',
        description: vscode.l10n.t('Where tests run.'),
        enum: ['apart', 'together'],
        enumDescriptions: [
          vscode.l10n.t('In a sandbox of their own, from which they call the program.'),
          vscode.l10n.t('In the process of the program.'),
        ],
      },
      run: {
        type: 'object',
        description: vscode.l10n.t('How a program is built and started; for io tests.'),
        required: ['file', 'command'],
        properties: {
          file: text(vscode.l10n.t('Name of the file that the program is written to.')),
          compile: words(
            vscode.l10n.t('The command that builds it, word by word; no shell is used.'),
          ),
          command: words(
            vscode.l10n.t('The command that starts it, word by word; no shell is used.'),
          ),
        },
      },
      tests: {
        type: 'array',
        description: vscode.l10n.t('What decides whether a program is right.'),
        items: testSchema(),
      },
      limits: {
        type: 'object',
        description: vscode.l10n.t('Bounds of one judging: loading the program and all its tests.'),
        properties: {
          timeoutMs: { ...whole(vscode.l10n.t('Wall clock, in milliseconds.')), default: 3000 },
          memoryMb: { ...whole(vscode.l10n.t('Memory, in megabytes.')), default: 512 },
          cpuMs: whole(vscode.l10n.t('Processor time, in milliseconds, where it is bounded too.')),
        },
      },
      family: text(
        vscode.l10n.t(
          'Tasks that come from one source. A family is for training or held out, never both.',
        ),
      ),
      source: {
        type: 'object',
        description: vscode.l10n.t('Where the task came from.'),
        properties: {
          name: text(vscode.l10n.t('Of the set or the code.')),
          license: text(vscode.l10n.t('Licence of the source, or null where it is not known.')),
          maker: text(vscode.l10n.t('Who made the task, with a version.')),
          parent: text(vscode.l10n.t('Hash of the task that it was made from, or null.')),
        },
      },
    },
  };
}

function testSchema(): Schema {
  const head = (kind: string): Record<string, Schema> => ({
    id: { type: 'string', description: vscode.l10n.t('Name of the test, once in a task.') },
    role: {
      type: 'string',
      description: vscode.l10n.t('Who may see the test. Without it the test is hidden.'),
      enum: ['visible', 'hidden'],
      enumDescriptions: [
        vscode.l10n.t('May be shown to solvers and searched with.'),
        vscode.l10n.t('Labels and scores, and reaches no solver.'),
      ],
      default: 'hidden',
    },
    kind: { type: 'string', const: kind, description: kindText(kind) },
  });
  const source: Schema = { type: 'string', description: vscode.l10n.t('Code of the test.') };
  const of = (
    kind: string,
    properties: Record<string, Schema>,
    required: readonly string[],
  ): Schema => ({
    type: 'object',
    properties: { ...head(kind), ...properties },
    required: ['id', 'kind', ...required],
  });
  return {
    description: vscode.l10n.t('One check of a program.'),
    anyOf: [
      of('assert', { source }, ['source']),
      of('check', { source }, ['source']),
      of(
        'io',
        {
          stdin: {
            type: 'string',
            description: vscode.l10n.t('What the program reads.'),
            default: '',
          },
          stdout: { type: 'string', description: vscode.l10n.t('What it must print.') },
          compare: {
            description: vscode.l10n.t('How what was printed is compared.'),
            enum: ['exact', 'tokens'],
            enumDescriptions: [
              vscode.l10n.t('Character by character.'),
              vscode.l10n.t('Word by word.'),
            ],
            anyOf: [
              {
                type: 'object',
                required: ['tolerance'],
                properties: {
                  tolerance: {
                    type: 'number',
                    description: vscode.l10n.t(
                      'By how much numbers may differ, absolutely or relatively.',
                    ),
                  },
                },
              },
            ],
            default: 'tokens',
          },
        },
        ['stdout'],
      ),
      of(
        'differential',
        {
          seed: {
            type: 'integer',
            description: vscode.l10n.t('The same seed gives the same inputs.'),
          },
          inputs: {
            type: 'integer',
            description: vscode.l10n.t('Most inputs to make, at most 1000.'),
          },
          examples: {
            type: 'array',
            description: vscode.l10n.t('Calls to start from, with types named.'),
            items: {
              type: 'object',
              required: ['args'],
              properties: {
                args: { type: 'array', description: vscode.l10n.t('Arguments by place.') },
                kwargs: { description: vscode.l10n.t('Arguments by name.') },
              },
            },
          },
        },
        ['inputs', 'examples'],
      ),
      of(
        'command',
        {
          command: {
            type: 'array',
            items: { type: 'string' },
            description: vscode.l10n.t('The project’s own test command, word by word.'),
          },
          mustPass: {
            type: 'array',
            items: { type: 'string' },
            description: vscode.l10n.t('Names of the tests that must pass.'),
          },
        },
        ['command'],
      ),
    ],
  };
}

function kindText(kind: string): string {
  switch (kind) {
    case 'assert':
      return vscode.l10n.t('assert: statements that see the names of the program.');
    case 'check':
      return vscode.l10n.t(
        'check: defines check(candidate), which is called with the entry point.',
      );
    case 'io':
      return vscode.l10n.t('io: the program reads stdin and prints.');
    case 'differential':
      return vscode.l10n.t(
        'differential: the program must agree with the reference on generated inputs.',
      );
    default:
      return vscode.l10n.t('command: a project’s own tests. Kept, and not judged by this version.');
  }
}
