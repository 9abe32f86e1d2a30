/**
 * Small tasks with one fault each, all of the same kind. No two have a word in common that tells
 * anything, so that none is contaminated by another.
 */
const words = [
  ...['amber boat', 'birch coin', 'cedar drum', 'delta echo', 'ember fern', 'frost gate'],
  ...['grape hill', 'hazel iron', 'ivory jade', 'jolly kite', 'koala lamp', 'lilac moon'],
  ...['mango nest', 'noble opal', 'olive pine', 'pearl quay'],
];
export const risingNames = words.map((pair) => pair.replace(' ', '_'));
const own = (at: number) => {
  const [first = '', second = ''] = (words[at] ?? '').split(' ');
  return { name: `${first}_${second}`, x: second, by: String(at + 2) };
};

export const risingTasks = risingNames.map((_, at) => {
  const { name, x, by } = own(at);
  return {
    id: name,
    language: 'python',
    prompt: `Mend ${name}: ${x} rises by ${by}.`,
    entryPoint: name,
    starter: `def ${name}(${x}):\n    return ${x} - ${by}\n`,
    reference: `def ${name}(${x}):\n    return ${x} + ${by}\n`,
    tests: [0, 5, -3, 40].map((value, place) => ({
      id: `t${String(place)}`,
      role: place < 2 ? 'visible' : 'hidden',
      kind: 'assert',
      source: `assert ${name}(${String(value)}) == ${String(value + at + 2)}`,
    })),
    limits: { timeoutMs: 30_000, memoryMb: 256 },
    family: name,
  };
});
export const risingPrograms = risingNames.map((_, at) => {
  const { name, x, by } = own(at);
  return {
    mark: `Mend ${name}:`,
    right: `def ${name}(${x}):\n    return ${x} + ${by}`,
    wrong: [`def ${name}(${x}):\n    return ${x}`, `def ${name}(${x}):\n    return ${x} * 2`],
  };
});
