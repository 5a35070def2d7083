// SPDX-License-Identifier: Apache-2.0
import { attenuate, base64Of, bytesOf, decode, fromHex, hexOf, pays } from './macaroon.js';
import { challenge, el, exchange, show } from './wire.js';

const STEPS = ['ask', 'read', 'pay', 'use', 'narrow', 'break'];
const AMOUNTS = { weather: '10 sat', report: '25 sat', free: '1 sat', 'proxy/tide': '5 sat' };
const JSON_ANSWER = { Accept: 'application/json' };
const $ = (selector) => document.querySelector(selector);
const all = (selector) => document.querySelectorAll(selector);
const out = (step) => $(`[data-out="${step}"]`);
const goods = () => $('input[name=goods]:checked').value;
const service = () => goods().replace('proxy/', '');

let held = {};

function reach(step) {
  const now = STEPS.indexOf(step);
  STEPS.forEach((name, i) => {
    const item = document.getElementById(name);
    item.classList.toggle('done', i < now);
    item.classList.toggle('now', i === now);
    item.querySelectorAll('button, input').forEach((control) => {
      control.disabled = i > now || (i === 4 && !crypto.subtle);
    });
  });
}

function start() {
  held = {};
  all('[data-show=path]').forEach((e) => { e.textContent = '/' + goods(); });
  all('[data-show=name]').forEach((e) => { e.textContent = goods(); });
  all('[data-show=amount]').forEach((e) => { e.textContent = AMOUNTS[goods()]; });
  STEPS.forEach((step) => { out(step).hidden = true; });
  $('#preimage').value = '';
  reach('ask');
}

async function ask() {
  const answer = await exchange('GET', '/' + goods(), JSON_ANSWER);
  if (answer.status !== 402) {
    show(out('ask'), answer, answer.status === 200 ? 'That one was free. Ask again: there are only three.' : '');
    return say(answer.status === 200 ? 'That one was free.' : 'No challenge this time.');
  }
  show(out('ask'), answer);
  const { macaroon, invoice } = challenge(answer);
  held = { macaroon, invoice, parts: decode(bytesOf(macaroon)) };
  read(JSON.parse(answer.text));
  reach('pay');
  say('402 Payment Required. The challenge is taken apart below.');
}

function read(problem) {
  const { identifier, caveats } = held.parts;
  const list = el('dl');
  const row = (name, value) => list.append(el('dt', '', name), el('dd', '', value));
  row('Invoice', held.invoice);
  row('Amount', `${problem.amountMsat / 1000} sat, to be paid by ${new Date(problem.expiresAt).toLocaleTimeString()}`);
  row('Payment hash', hexOf(identifier.value.slice(2, 34)));
  row('Token id', hexOf(identifier.value.slice(34)));
  row('Caveats: what the token is good for', caveats.map((c) => c.text).join('\n'));
  out('read').replaceChildren(list, qr());
  out('read').hidden = false;
}

function qr() {
  const figure = el('figure');
  const image = el('img');
  image.src = 'assets/qr.svg?invoice=' + encodeURIComponent(held.invoice);
  image.alt = 'The invoice as a QR code';
  const caption = el('figcaption');
  const link = el('a', '', 'Open in a wallet');
  link.href = 'lightning:' + held.invoice;
  caption.append(link);
  figure.append(image, caption);
  return figure;
}

async function pay() {
  const answer = await exchange('POST', '/wallet/pay', { 'Content-Type': 'text/plain' }, held.invoice);
  if (answer.status !== 200) {
    show(out('pay'), answer);
    return say('Not paid.');
  }
  await paid(answer.text.trim(), (note) => show(out('pay'), answer, note));
}

async function paid(preimage, report) {
  if (crypto.subtle && !(await pays(preimage, held.parts.identifier.value))) {
    report('This is not the preimage of this invoice: its SHA-256 is not the payment hash.');
    return say('This preimage belongs to another invoice.');
  }
  held.preimage = preimage;
  $('#preimage').value = preimage;
  report('Its SHA-256 is the payment hash above. That is the whole proof of payment.');
  reach('break');
  all('.step').forEach((item) => item.classList.toggle('now', item.id === 'use'));
  all('#narrow, #break').forEach((item) => item.classList.remove('done'));
  say('Paid. You hold a token now.');
}

async function present(step, macaroon, preimage, note) {
  const headers = { ...JSON_ANSWER, Authorization: `L402 ${macaroon}:${preimage}` };
  const answer = await exchange('GET', '/' + goods(), headers);
  const { error } = challenge(answer);
  show(out(step), answer, error ? `Refused: ${error}` : note);
  document.getElementById(step).classList.add('done');
  say(error ? `Refused: ${error}.` : `Answered with ${answer.status}.`);
}

const CAVEATS = {
  soon: () => `${service()}_valid_until=${Math.floor(Date.now() / 1000) + 60}`,
  past: () => `${service()}_valid_until=1`,
  wider: () => `services=${service()}:0,anything:0`,
};

async function narrow(button) {
  const caveat = CAVEATS[button.dataset.caveat]();
  const narrowed = await attenuate(bytesOf(held.macaroon), caveat);
  await present('narrow', base64Of(narrowed), held.preimage, `Added: ${caveat}`);
}

async function cheat(button) {
  const bytes = bytesOf(held.macaroon);
  const preimage = fromHex(held.preimage);
  const { identifier, caveats } = held.parts;
  const target = {
    identifier: [bytes, identifier.at + 40],
    caveat: [bytes, caveats[0].at + caveats[0].value.length - 1],
    signature: [bytes, bytes.length - 1],
    preimage: [preimage, 0],
  }[button.dataset.part];
  target[0][target[1]] ^= 1;
  await present('break', base64Of(bytes), hexOf(preimage));
}

function say(text) {
  $('[data-status]').textContent = text;
}

async function run(step, action) {
  try {
    await action();
  } catch (failure) {
    out(step).replaceChildren(el('span', 'note', `That did not work: ${failure.message}`));
    out(step).hidden = false;
    say('That did not work.');
  }
}

const ACTIONS = {
  ask,
  pay,
  use: () => present('use', held.macaroon, held.preimage),
  narrow,
  break: cheat,
};

all('[data-step]').forEach((button) => {
  button.addEventListener('click', () => run(button.dataset.step, () => ACTIONS[button.dataset.step](button)));
});
$('[data-form=preimage]').addEventListener('submit', (event) => {
  event.preventDefault();
  run('pay', () => paid($('#preimage').value.trim().toLowerCase(), (note) => {
    out('pay').replaceChildren(el('span', 'note', note));
    out('pay').hidden = false;
  }));
});
all('input[name=goods]').forEach((choice) => choice.addEventListener('change', start));

const base = new URL('.', location.href).href.replace(/\/$/, '');
all('[data-curl] span').forEach((block) => {
  block.firstChild.textContent = block.firstChild.textContent.replace('http://localhost:8081', base);
});
if (!crypto.subtle) {
  $('#narrow').append(el('p', 'banner', 'Browsers only do this over https or on localhost.'));
}
start();
