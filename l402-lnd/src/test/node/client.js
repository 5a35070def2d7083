// SPDX-License-Identifier: Apache-2.0
//
// Drives an lnd with the npm package "lightning", which ships lnd's own protos. Usage:
//
//   node client.js <host:port> <tls.cert> <good macaroon, hex> <forged macaroon, hex> <weak macaroon, hex>
//
// Every finding is a line "<name> <json>". A line "ask <what>" wants something done on the other side, and an answer on
// standard input once it is.
'use strict';

const {createHash} = require('crypto');
const {readFileSync} = require('fs');
const {createInterface} = require('readline');
const lightning = require('lightning');
const {parsePaymentRequest} = require('invoices');

const [socket, certPath, good, forged, weak] = process.argv.slice(2);
const cert = readFileSync(certPath).toString('base64');
const answers = createInterface({input: process.stdin})[Symbol.asyncIterator]();

const connect = macaroon => {
  const base64 = Buffer.from(macaroon, 'hex').toString('base64');
  return lightning.authenticatedLndGrpc({cert, socket, macaroon: base64}).lnd;
};

const tell = (name, value) => console.log(`${name} ${JSON.stringify(value)}`);

const ask = async what => {
  console.log(`ask ${what}`);
  return (await answers.next()).value;
};

const failure = async call => {
  try {
    await call;
    return 'no error';
  } catch (error) {
    const {code, details} = error[2].err;
    return {code, details};
  }
};

const sha256 = hex => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');

const listen = lnd => {
  const heard = [];
  const waiting = [];
  const events = lightning.subscribeToInvoices({lnd});
  events.on('error', error => tell('stream_error', error));
  events.on('invoice_updated', invoice => {
    heard.push(invoice);
    waiting.filter(w => heard.length >= w.count).forEach(w => w.resolve(heard));
  });
  return count => new Promise(resolve => {
    if (heard.length >= count) {
      resolve(heard);
    } else {
      waiting.push({count, resolve});
    }
  });
};

const run = async () => {
  const lnd = connect(good);
  const wallet = await lightning.getWalletInfo({lnd});
  tell('wallet', {public_key: wallet.public_key, alias: wallet.alias, synced: wallet.is_synced_to_chain});

  const heard = listen(lnd);
  await ask('subscribed');
  const created = await lightning.createInvoice({lnd, description: 'L402 node', mtokens: '1500'});
  const id = created.id;
  tell('created', {id, mtokens: created.mtokens, secret_fits: sha256(created.secret) === id});

  const decoded = parsePaymentRequest({request: created.request});
  tell('decoded', {
    id: decoded.id,
    description: decoded.description,
    destination: decoded.destination,
    mtokens: decoded.mtokens,
    network: decoded.network,
    cltv_delta: decoded.cltv_delta,
    payment_fits: decoded.payment === created.payment,
    features: decoded.features.map(feature => feature.bit).sort((a, b) => a - b),
    seconds: (Date.parse(decoded.expires_at) - Date.parse(decoded.created_at)) / 1000,
  });

  const open = await lightning.getInvoice({lnd, id});
  tell('open', {confirmed: open.is_confirmed, description: open.description, index: open.index, received: open.received});

  const preimage = await ask(`pay ${created.request}`);
  tell('paid', {fits: sha256(preimage) === id});
  const settled = await lightning.getInvoice({lnd, id});
  tell('settled', {confirmed: settled.is_confirmed, index: settled.confirmed_index, received: settled.received_mtokens});

  tell('unknown', await failure(lightning.getInvoice({lnd, id: '00'.repeat(32)})));
  tell('forged', await failure(lightning.getWalletInfo({lnd: connect(forged)})));
  tell('weak', await failure(lightning.getWalletInfo({lnd: connect(weak)})));

  const unwanted = await lightning.createInvoice({lnd, tokens: 2});
  await lightning.cancelHodlInvoice({lnd, id: unwanted.id});
  const canceled = await lightning.getInvoice({lnd, id: unwanted.id});
  tell('canceled', {canceled: canceled.is_canceled, confirmed: canceled.is_confirmed});

  const secret = '01'.repeat(32);
  const hold = await lightning.createHodlInvoice({lnd, id: sha256(secret), tokens: 3});
  await ask(`accept ${hold.id}`);
  const held = await lightning.getInvoice({lnd, id: hold.id});
  await lightning.settleHodlInvoice({lnd, secret});
  const released = await lightning.getInvoice({lnd, id: hold.id});
  tell('hold', {held: held.is_held, confirmed: released.is_confirmed, secret: released.secret === secret});

  const page = await lightning.getInvoices({lnd, limit: 2});
  tell('listed', {newest_first: page.invoices.map(invoice => invoice.index), more: !!page.next});

  const events = await heard(5);
  tell('events', events.map(event => `${event.index} ${event.is_confirmed ? 'settled' : 'open'}`));

  await ask('lock');
  tell('locked', await failure(lightning.getWalletInfo({lnd})));
  const {lnd: anonymous} = lightning.unauthenticatedLndGrpc({cert, socket});
  tell('status', await lightning.getWalletStatus({lnd: anonymous}));
};

run().then(() => process.exit(0), error => {
  console.error(error);
  process.exit(1);
});
