import { readFile } from 'node:fs/promises';

/** What to do where bubblewrap is installed and does not run. */
export async function mendFor(problem: string): Promise<string> {
  const restricted = await setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns');
  if (restricted === '1') return `${apparmorProfile}\nThen load it: ${apparmorCommands}`;
  if ((await setting('/proc/sys/user/max_user_namespaces')) === '0') {
    return 'User namespaces are switched off: sudo sysctl user.max_user_namespaces=15000';
  }
  if ((await setting('/proc/sys/kernel/unprivileged_userns_clone')) === '0') {
    return 'User namespaces are switched off: sudo sysctl kernel.unprivileged_userns_clone=1';
  }
  if (/Operation not permitted|Permission denied/.test(problem)) {
    return 'Inside a container, start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined, or as root with --cap-add SYS_ADMIN.';
  }
  return 'Run "bwrap --unshare-all --ro-bind / / true" in a terminal to see what stops it.';
}

const apparmorProfile = `Ubuntu restricts user namespaces to programs with a profile. Save this as /etc/apparmor.d/bwrap:
abi <abi/4.0>,
include <tunables/global>
profile bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
}`;
const apparmorCommands =
  'sudo apparmor_parser -r /etc/apparmor.d/bwrap && sudo systemctl reload apparmor';

async function setting(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    return null;
  }
}
