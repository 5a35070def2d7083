// SPDX-License-Identifier: Apache-2.0
// Sends a request and shows it as it stood on the wire. Nothing that was received becomes markup.

const SHOWN = ['www-authenticate', 'content-type', 'cache-control', 'vary', 'retry-after'];

export async function exchange(method, path, headers = {}, body) {
  const response = await fetch('.' + path, { method, headers, body, cache: 'no-store', credentials: 'omit' });
  const text = await response.text();
  return { request: { method, path, headers }, status: response.status, headers: response.headers, text };
}

/** The fields of a challenge; a browser joins the two into one line. */
export function challenges(answer) {
  const all = answer.headers.get('www-authenticate') ?? '';
  return all.split(/, (?=L402 )/).filter(Boolean);
}

export function challenge(answer) {
  const l402 = challenges(answer).find((field) => field.startsWith('L402 ')) ?? '';
  const value = (name) => l402.match(new RegExp(`[ ,]${name}="([^"]*)"`))?.[1];
  return { macaroon: value('macaroon'), invoice: value('invoice'), error: value('error') };
}

export function show(out, answer, note) {
  const { method, path, headers } = answer.request;
  const sent = [`${method} ${path}`, ...Object.entries(headers).map(([n, v]) => `${n}: ${v}`)].join('\n');
  const status = el('span', 'status', `${answer.status} ${reason(answer.status)}`);
  status.classList.toggle('ok', answer.status < 300);
  out.replaceChildren(el('span', 'sent', sent), status, '\n');
  if (note) out.append(el('span', 'note', note));
  for (const [name, value] of fields(answer)) {
    out.append(el('span', 'name', `${name}: `), ...highlighted(value), '\n');
  }
  if (answer.text) out.append('\n', pretty(answer.text));
  out.hidden = false;
}

function fields(answer) {
  return SHOWN.flatMap((name) => {
    if (name === 'www-authenticate') return challenges(answer).map((value) => [name, value]);
    const value = answer.headers.get(name);
    return value ? [[name, value]] : [];
  });
}

function highlighted(value) {
  return value.split(/("[^"]*")/).map((part) => part.startsWith('"') ? el('span', 'hot', part) : part);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text.trimEnd();
  }
}

function reason(status) {
  return {
    200: 'OK', 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 404: 'Not Found',
    413: 'Content Too Large', 429: 'Too Many Requests', 503: 'Service Unavailable',
  }[status] ?? '';
}

export function el(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
