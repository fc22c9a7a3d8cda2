// The sentences for each error code: what it is and what to do about it. The list is
// complete by its type; the page never shows a code.

import type {ErrorCode} from '../module/errors.js'
import type {Format} from './format.js'
import type {Mentioned, Sentences, Step} from './strings.js'

type Sentence = (format: Format, mentioned: Mentioned) => Sentences

const KEY_LENGTH_TODAY = 107

const say =
  (title: string, body: string, step: Step): Sentence =>
  () => ({title, body, step})

const createInstead = 'Create a restricted key instead; it takes about five minutes.'

const kinds: Record<string, string> = {
  customer: 'a customer',
  invoice: 'an invoice',
  subscription: 'a subscription',
  product: 'a product',
  price: 'a price',
  payment_intent: 'a payment',
  charge: 'a payment',
}

export const errorSentences: Record<ErrorCode, Sentence> = {
  // What was pasted will not do.
  key_empty: say('No key yet', 'Paste your restricted key here.', 'none'),
  key_secret: say(
    'This is your secret key',
    `It can move money, so we will not use it. ${createInstead}`,
    'create',
  ),
  key_publishable: say(
    'This is a publishable key',
    `It is made for checkout pages and cannot read your data. ${createInstead}`,
    'create',
  ),
  key_webhook_secret: say(
    'This is a webhook signing secret',
    `It proves where messages come from and cannot read your data. ${createInstead}`,
    'create',
  ),
  key_account_id: say(
    'This is your account id',
    'We need a restricted key. In Stripe, open Developers, then API Keys, then Restricted Keys.',
    'create',
  ),
  key_api_key_id: say(
    'This is the id of a key, not the key',
    'Stripe shows the full key only once, when it is created. Create a new one and copy it before you leave the page.',
    'create',
  ),
  key_object_id: (_format, {verdict}) => {
    const kind = verdict ? (kinds[verdict.objectKind] ?? 'something in Stripe') : 'something in Stripe'
    return {
      title: `This is the id of ${kind}`,
      body: 'We need a restricted key; it starts with rk_live_.',
      step: 'create',
    }
  },
  key_client_secret: say(
    'This is a secret for one checkout',
    'It belongs to a single payment and cannot read your data. We need a restricted key.',
    'create',
  ),
  key_connect_client_id: say(
    'This is a Connect client id',
    'It names an app and cannot read your data. We need a restricted key.',
    'create',
  ),
  key_ephemeral: say(
    'This is a short-lived key',
    `It is made for one device and stops working within the hour. ${createInstead}`,
    'create',
  ),
  key_organization: say(
    'This key belongs to a whole organization',
    'It reaches every account in it, so we will not use it. Create a restricted key in the one account you want to see.',
    'create',
  ),
  key_claimable_sandbox: say(
    'This key belongs to a trial sandbox',
    'It has no data of yours. Claim the account in Stripe first, then create a restricted key there.',
    'create',
  ),
  key_without_mode: say(
    'This is a very old kind of key',
    `It can do everything in your account, so we will not use it. ${createInstead}`,
    'create',
  ),
  key_masked: say(
    'This is the hidden form of a key',
    'Stripe shows the full key only once, when it is created. Create a new one and copy it before you leave the page.',
    'create',
  ),
  key_truncated: (format, {verdict}) => ({
    title: 'Part of the key seems to be missing',
    body: verdict
      ? `It has ${format.count(verdict.length)} characters, and keys made today have ${format.count(KEY_LENGTH_TODAY)}. Copy it again with Stripe\u2019s copy button.`
      : 'Copy it again with Stripe\u2019s copy button.',
    step: 'clear',
  }),
  key_too_long: (format, {verdict}) => ({
    title: 'This is more than a key',
    body: verdict
      ? `It has ${format.count(verdict.length)} characters. Copy the key alone, with Stripe\u2019s copy button.`
      : 'Copy the key alone, with Stripe\u2019s copy button.',
    step: 'clear',
  }),
  key_several: (format, {verdict}) => ({
    title:
      verdict && verdict.keysFound > 1
        ? `There are ${format.count(verdict.keysFound)} keys in here`
        : 'There is more than one key in here',
    body: 'Clear the field and paste only the one you created for Precision.',
    step: 'clear',
  }),
  key_bad_character: (format, {verdict}) => ({
    title: 'One character does not belong in a key',
    body:
      verdict && verdict.badCharacter !== ''
        ? `Character ${format.count(verdict.badPosition)} is \u201c${verdict.badCharacter}\u201d, and keys have only plain letters and digits. Copy it again with Stripe\u2019s copy button.`
        : 'Keys have only plain letters and digits. Copy it again with Stripe\u2019s copy button.',
    step: 'clear',
  }),
  key_unrecognized: say(
    'This is not a Stripe key',
    'A restricted key starts with rk_live_. Copy it again with Stripe\u2019s copy button, or create a new one.',
    'clear',
  ),
  key_in_second_field: say(
    'Leave this one empty',
    'The key belongs in the first field only.',
    'move',
  ),
  key_in_both_fields: say(
    'Only the first field is needed',
    'Empty the second field, then connect.',
    'none',
  ),

  // The whole key is in question.
  key_unknown: say(
    'Stripe does not know this key',
    'It was deleted, or a part is missing. Create a new one, copy it at once and paste it here.',
    'create',
  ),
  key_expired: say(
    'This key has expired or was revoked',
    'Somebody replaced or deleted it in Stripe. Create a new one and paste it here.',
    'create',
  ),
  key_ip_refused: say(
    'This key only works from certain places',
    'It has a list of allowed IP addresses, and ours is not on it. Remove the list from the key in Stripe, or create a key without one.',
    'create',
  ),
  key_wrong_mode: say(
    'Test and live are mixed up',
    'This key belongs to the other mode of your account. Create the key in the mode that holds the data you want to see.',
    'create',
  ),

  // One thing is refused.
  permission_missing: say(
    'A permission is missing',
    'Set it to Read on the key in Stripe, then check again.',
    'check-again',
  ),
  permission_not_grantable: say(
    'Stripe does not offer this to restricted keys',
    'There is nothing to change on your side; the rest can be read.',
    'none',
  ),
  product_not_enabled: say(
    'Not used on your account',
    'This part of Stripe is switched off for you, so there is nothing to read.',
    'none',
  ),
  account_refused: say(
    'This key cannot see that account',
    'The account is not connected to yours any more, or never was. Create the key in the account you want to see, and paste it here.',
    'create',
  ),
  account_closed: say(
    'Stripe has closed or restricted this account',
    'Its data can only be read again once Stripe opens it. Look for a message in your Stripe Dashboard, or ask Stripe\u2019s support.',
    'another-key',
  ),
  second_row_empty: say(
    'The second row of permissions is empty',
    'On a Connect account each permission has two boxes. Set both the same, then check again.',
    'check-again',
  ),
  connect_not_in_use: say(
    'Your account does not use Stripe Connect',
    'There is nothing to change; the second row of permissions does not matter for you.',
    'none',
  ),
  not_found: say(
    'Stripe could not find it',
    'It may have been deleted meanwhile. Check again.',
    'check-again',
  ),
  version_refused: say(
    'Stripe did not accept how we asked',
    'This is ours to mend, not yours. Please tell us through the chat.',
    'help',
  ),
  request_refused: say(
    'Stripe did not accept a question of ours',
    'This is ours to mend, not yours. Please tell us through the chat.',
    'help',
  ),
  forbidden: say(
    'Stripe refused without saying why',
    'Look whether your Stripe account asks you to confirm something, then check again.',
    'check-again',
  ),

  // Worth another try later.
  rate_limited: say(
    'Stripe asks us to slow down',
    'Something else is reading from your account as well. Wait a minute and try again.',
    'retry',
  ),
  stripe_down: say(
    'Stripe is not answering',
    'The trouble is on Stripe\u2019s side. Your key is fine as far as we can tell; try again in a few minutes.',
    'retry',
  ),
  stripe_unreadable: say(
    'The answer could not be read',
    'Something between you and Stripe changed it on the way. Try again, or from another network.',
    'retry',
  ),
  proxy_down: say(
    'Precision cannot reach Stripe at the moment',
    'The trouble is on our side, not yours. Try again in a few minutes.',
    'retry',
  ),
  proxy_misconfigured: say(
    'Precision\u2019s way to Stripe is not set up right',
    'This is ours to mend, not yours, and your key is fine as far as we can tell. Please tell us through the chat.',
    'help',
  ),
  network_down: say(
    'Something is in the way',
    'This page could not reach Precision. An ad blocker, a privacy extension, a VPN or a company network may block it: switch it off for this page or use another network, then try again.',
    'retry',
  ),
  browser_offline: say(
    'You seem to be offline',
    'Look at your internet connection, then try again.',
    'retry',
  ),
  timed_out: say(
    'No answer in time',
    'Your connection or Stripe is slow at the moment. Try again.',
    'retry',
  ),

  // The pull.
  list_stalled: say(
    'Stripe sent the same page again and again',
    'We stopped so as not to go in circles. Read the rest in a few minutes.',
    'retry',
  ),
  cancelled: say('You stopped it', 'What came is kept. Read the rest whenever you like.', 'retry'),
  request_cap: say(
    'As many requests as were allowed',
    'What came is kept. Read the rest to go on from there.',
    'retry',
  ),
  too_large: say(
    'Too large for this browser',
    'All that came is kept. A computer with more memory can read the rest.',
    'none',
  ),

  // Reading rows.
  json_malformed: say(
    'An answer was cut off',
    'Something between you and Stripe broke it. Read the rest to ask again.',
    'retry',
  ),
  object_unknown: say(
    'Something new from Stripe',
    'Stripe sent a kind of record we do not know. Please tell us through the chat.',
    'help',
  ),
  row_without_id: say(
    'A row without an id',
    'It cannot be shown. Please tell us through the chat.',
    'help',
  ),
  field_unreadable: say(
    'A field could not be read',
    'The row is shown without it. Look it up in Stripe if you need it.',
    'none',
  ),
  amount_out_of_range: say(
    'An amount is too large to show exactly',
    'The row is shown without it. Look it up in Stripe if you need it.',
    'none',
  ),
  text_repaired: say(
    'Some characters were replaced',
    'They were damaged when they came. Look the row up in Stripe if you need them.',
    'none',
  ),
  row_short: say(
    'A row came with a part of its list',
    'Stripe sends long lists in parts. Look the row up in Stripe for all of it.',
    'none',
  ),

  // The page itself.
  not_ready: say('One moment', 'The page was not ready yet. Try again.', 'retry'),
  policy_unreadable: say(
    'This page was given rules it does not understand',
    'This is ours to mend, not yours. Please tell us through the chat.',
    'help',
  ),
  internal: say(
    'Something broke in this page',
    'Reload the page and paste the key again. If it happens twice, please tell us through the chat.',
    'help',
  ),
}
