const pollMs = 25;

/**
 * Asks until the answer is neither undefined, null nor false, and returns it. Rejects, naming
 * `what` was waited for, when the deadline has passed.
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  deadlineMs = 10_000,
): Promise<NonNullable<Answer>> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
