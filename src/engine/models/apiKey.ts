/** Shorter keys are no secrets (`none`, `ollama`), and would be found in any text. */
const shortestSecret = 8;

/** The key that is passed in, or the one of the environment; null where there is none. */
export function findApiKey(
  given: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const key = given ?? environment['FLYWHEEL_API_KEY'] ?? environment['OPENAI_API_KEY'] ?? '';
  return key.trim() === '' ? null : key.trim();
}

/** Takes a key out of texts: what an endpoint answers may hold the key that it was sent. */
export function keyRemover(key: string | null): (text: string) => string {
  if (key === null || key.length < shortestSecret) return (text) => text;
  return (text) => (text.includes(key) ? text.replaceAll(key, '[key]') : text);
}
