import * as vscode from 'vscode';
import { proposalScheme } from './ids';

/**
 * Files in memory that hold proposals, so that a person can edit one before accepting it and
 * nothing of the workspace changes until then.
 */
export class ProposalFiles implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly files = new Map<string, { data: Uint8Array; changedAt: number }>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly registration = vscode.workspace.registerFileSystemProvider(proposalScheme, this);

  /** The last part of the path gives the editor the language of the file. */
  put(run: string, baseName: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({
      scheme: proposalScheme,
      path: `/${encodeURIComponent(run)}/${baseName}`,
    });
    this.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: file.changedAt,
      size: file.data.byteLength,
    };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file.data;
  }

  writeFile(uri: vscode.Uri, data: Uint8Array): void {
    const type = this.files.has(uri.path)
      ? vscode.FileChangeType.Changed
      : vscode.FileChangeType.Created;
    this.files.set(uri.path, { data, changedAt: Date.now() });
    this.changed.fire([{ type, uri }]);
  }

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.path);
    this.changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
