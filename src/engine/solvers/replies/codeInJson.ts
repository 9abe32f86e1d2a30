const names = ['code', 'program', 'solution', 'python', 'javascript', 'typescript', 'answer'];

/**
 * The code of a text that is a JSON object with it as a string (`{"code": "…"}`), as models write
 * that are used to answering so. Any other text comes back as it is.
 */
export function codeInJson(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return text;
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    return text;
  }
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  for (const name of names) {
    const code = entries.find(([key]) => key.toLowerCase() === name)?.[1];
    if (typeof code === 'string') return code;
  }
  return text;
}
