// The closed list of error codes, mirrored from
// include/precision/base/error_code.h; a test compares the two.

export const errorCodes = [
  'key_empty',
  'key_secret',
  'key_publishable',
  'key_webhook_secret',
  'key_account_id',
  'key_api_key_id',
  'key_object_id',
  'key_client_secret',
  'key_connect_client_id',
  'key_ephemeral',
  'key_organization',
  'key_claimable_sandbox',
  'key_without_mode',
  'key_masked',
  'key_truncated',
  'key_too_long',
  'key_several',
  'key_bad_character',
  'key_unrecognized',
  'key_in_second_field',
  'key_in_both_fields',
  'key_unknown',
  'key_expired',
  'key_ip_refused',
  'key_wrong_mode',
  'permission_missing',
  'permission_not_grantable',
  'product_not_enabled',
  'account_refused',
  'account_closed',
  'second_row_empty',
  'connect_not_in_use',
  'not_found',
  'version_refused',
  'request_refused',
  'forbidden',
  'rate_limited',
  'stripe_down',
  'stripe_unreadable',
  'proxy_down',
  'proxy_misconfigured',
  'network_down',
  'browser_offline',
  'timed_out',
  'list_stalled',
  'cancelled',
  'request_cap',
  'too_large',
  'json_malformed',
  'object_unknown',
  'row_without_id',
  'field_unreadable',
  'amount_out_of_range',
  'text_repaired',
  'row_short',
  'not_ready',
  'policy_unreadable',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Why a session could not be opened. */
export class SessionError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode) {
    super(code)
    this.code = code
  }
}
