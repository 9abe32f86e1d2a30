export function copySamples(folder?: string): Promise<string>;
