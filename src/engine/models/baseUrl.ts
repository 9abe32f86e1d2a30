import { UserError } from '../domain/errors';

/**
 * The address of an endpoint, checked: http or https, no name and password in it, no query. A
 * key is sent over plain http to this machine only, unless it is expressly allowed. Throws a
 * UserError. The answer has no slash at its end.
 */
export function checkBaseUrl(
  text: string,
  options: { readonly hasKey: boolean; readonly allowPlainHttp?: boolean },
): URL {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw bad(text, 'is not an http or https address', 'Give one like http://127.0.0.1:11434/v1.');
  }
  if (url.username !== '' || url.password !== '') {
    const shown = `${url.protocol}//${url.host}${url.pathname}`;
    throw bad(shown, 'holds a name or a password', 'Give the key apart from the address.');
  }
  if (url.search !== '' || url.hash !== '') {
    const shown = `${url.origin}${url.pathname}`;
    throw bad(shown, 'has a query or a fragment', 'Give the address up to /v1.');
  }
  const isPlain = url.protocol === 'http:' && !isLoopback(url.hostname);
  if (options.hasKey && isPlain && options.allowPlainHttp !== true) {
    throw bad(
      text,
      'would receive the key over plain http',
      'Use https, or allow plain http to this host in the settings.',
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** Whether a host is this machine. Names other than `localhost` are never taken for it. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}

function bad(text: string, what: string, mend: string): UserError {
  return new UserError({ code: 'badBaseUrl', message: `The address ${text} ${what}`, mend });
}
