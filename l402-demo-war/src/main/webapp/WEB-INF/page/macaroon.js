// SPDX-License-Identifier: Apache-2.0
// Just enough of the V2 binary form of macaroons for a holder: take apart, add a caveat.

const END = 35; // 00, 06 20, and the 32 bytes of the signature

export const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
export const base64Of = (bytes) => btoa(String.fromCharCode(...bytes));
export const hexOf = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
export const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (two) => parseInt(two, 16));

/** The fields, each with where it begins, so that one can be changed in place. */
export function decode(bytes) {
  const found = { location: '', identifier: null, caveats: [], signature: bytes.slice(-32) };
  let at = 1;
  while (at < bytes.length - END) {
    const type = bytes[at++];
    if (type === 0) continue;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const b = bytes[at++];
      length |= (b & 0x7f) << shift;
      if (b < 0x80) break;
    }
    const value = bytes.slice(at, at + length);
    if (type === 1) found.location = new TextDecoder().decode(value);
    else if (!found.identifier) found.identifier = { at, value };
    else found.caveats.push({ at, value, text: new TextDecoder().decode(value) });
    at += length;
  }
  return found;
}

/** The same macaroon with one more caveat: the old signature is the key of the new one. */
export async function attenuate(bytes, caveat) {
  const added = new TextEncoder().encode(caveat);
  const key = await crypto.subtle.importKey(
    'raw', bytes.slice(-32), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, added));
  return Uint8Array.from([
    ...bytes.slice(0, -END), 2, ...varint(added.length), ...added, 0, 0, 6, 32, ...signature]);
}

function varint(n) {
  return n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...varint(n >> 7)];
}

/** Whether the preimage hashes to the payment hash, which is what the identifier holds. */
export async function pays(preimage, identifier) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', fromHex(preimage)));
  return hexOf(hash) === hexOf(identifier.slice(2, 34));
}
