import type * as vscode from 'vscode';

/** API keys in the editor's secret storage, one for each host. They stand nowhere else. */
export class ApiKeys {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async get(baseUrl: string): Promise<string | null> {
    const host = hostOf(baseUrl);
    return host === null ? null : ((await this.secrets.get(name(host))) ?? null);
  }

  async set(baseUrl: string, key: string): Promise<void> {
    const host = hostOf(baseUrl);
    if (host !== null) await this.secrets.store(name(host), key);
  }

  async clear(baseUrl: string): Promise<void> {
    const host = hostOf(baseUrl);
    if (host !== null) await this.secrets.delete(name(host));
  }
}

/** `api.openai.com`, `127.0.0.1:11434`; null where it is no address. */
export function hostOf(baseUrl: string): string | null {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : null;
}

function name(host: string): string {
  return `flywheel.apiKey/${host}`;
}
