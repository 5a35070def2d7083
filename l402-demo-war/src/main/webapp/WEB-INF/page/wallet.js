// SPDX-License-Identifier: Apache-2.0
import { exchange, show } from './wire.js';

const form = document.querySelector('form');
const out = document.querySelector('[data-out]');
const status = document.querySelector('[data-status]');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const invoice = form.invoice.value.trim();
  const answer = await exchange('POST', '/wallet/pay', { 'Content-Type': 'text/plain' }, invoice);
  const paid = answer.status === 200;
  show(out, answer, paid ? 'Paid. This is the preimage: use it with the macaroon of the same challenge.' : '');
  status.textContent = paid ? 'Paid. The preimage is shown below.' : 'Not paid.';
});
