// Values as a reader of the page's language sees them. No DOM, no sentences.

const TRUE_MINUS = '\u2212'

/** What a cell shows when there is no value. */
export const NO_VALUE = '\u2013'

/** Integer minor units as an exact decimal, e.g. (-5, 2) is "-0.05". */
export function decimalOf(minor: number, digits: number): string {
  const sign = minor < 0 ? '-' : ''
  const text = Math.abs(minor).toFixed(0).padStart(digits + 1, '0')
  if (digits === 0) return sign + text
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function withTrueMinus(text: string): string {
  return text.replace('-', TRUE_MINUS)
}

export class Format {
  readonly locale: string
  readonly #digitsOf: (currency: string) => number
  readonly #money = new Map<string, Intl.NumberFormat | null>()
  readonly #number: Intl.NumberFormat
  readonly #percent: Intl.NumberFormat
  readonly #date: Intl.DateTimeFormat
  readonly #moment: Intl.DateTimeFormat
  readonly #week: Intl.DateTimeFormat
  readonly #month: Intl.DateTimeFormat
  readonly #list: Intl.ListFormat
  readonly #plural: Intl.PluralRules

  /** `digitsOf` is Stripe's idea of a currency's decimals, which is not Intl's. */
  constructor(locale: string, digitsOf: (currency: string) => number) {
    this.locale = locale
    this.#digitsOf = digitsOf
    this.#number = new Intl.NumberFormat(locale)
    this.#percent = new Intl.NumberFormat(locale, {style: 'percent'})
    this.#date = new Intl.DateTimeFormat(locale, {dateStyle: 'medium'})
    this.#moment = new Intl.DateTimeFormat(locale, {dateStyle: 'medium', timeStyle: 'short'})
    this.#week = new Intl.DateTimeFormat(locale, {dateStyle: 'medium', timeZone: 'UTC'})
    this.#month = new Intl.DateTimeFormat(locale, {month: 'short', year: 'numeric', timeZone: 'UTC'})
    this.#list = new Intl.ListFormat(locale, {style: 'long', type: 'conjunction'})
    this.#plural = new Intl.PluralRules(locale)
  }

  money(minor: number, currency: string): string {
    const digits = this.#digitsOf(currency)
    const exact = decimalOf(minor, digits) as Intl.StringNumericLiteral
    const formatter = this.#moneyFormatter(currency, digits)
    if (formatter) return withTrueMinus(formatter.format(exact))
    const plain = new Intl.NumberFormat(this.locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    return `${withTrueMinus(plain.format(exact))} ${currency.toUpperCase()}`.trim()
  }

  /** An amount in units, short, for the axis of a chart: "$12K". */
  amount(value: number, currency: string): string {
    const style = /^[a-z]{3}$/i.test(currency) ? ({style: 'currency', currency} as const) : {}
    const formatter = new Intl.NumberFormat(this.locale, {...style, notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1})
    return withTrueMinus(formatter.format(value))
  }

  count(value: number): string {
    return withTrueMinus(this.#number.format(value))
  }

  /** Never "100 %" before the end. */
  share(value: number): string {
    const clamped = Math.min(Math.max(value, 0), 1)
    return this.#percent.format(Math.floor(clamped * 100) / 100)
  }

  date(unixSeconds: number): string {
    return this.#date.format(unixSeconds * 1000)
  }

  moment(unixSeconds: number): string {
    return this.#moment.format(unixSeconds * 1000)
  }

  /** Of a week or month that begins at midnight UTC. */
  period(unixSeconds: number, period: 'week' | 'month'): string {
    return (period === 'week' ? this.#week : this.#month).format(unixSeconds * 1000)
  }

  /** "45 seconds", "3 minutes", "2 hours": one unit, rounded up. */
  duration(seconds: number): string {
    if (seconds < 60) return this.#unit(Math.max(1, Math.ceil(seconds)), 'second')
    if (seconds < 3600) return this.#unit(Math.ceil(seconds / 60), 'minute')
    return this.#unit(Math.ceil(seconds / 3600), 'hour')
  }

  list(items: readonly string[]): string {
    return this.#list.format(items)
  }

  plural(count: number): Intl.LDMLPluralRule {
    return this.#plural.select(count)
  }

  #unit(value: number, unit: 'second' | 'minute' | 'hour'): string {
    return new Intl.NumberFormat(this.locale, {
      style: 'unit',
      unit,
      unitDisplay: 'long',
    }).format(value)
  }

  #moneyFormatter(currency: string, digits: number): Intl.NumberFormat | null {
    const known = this.#money.get(currency)
    if (known !== undefined) return known
    let made: Intl.NumberFormat | null = null
    // Intl refuses what is not three letters; such a row still has an amount.
    if (/^[a-z]{3}$/i.test(currency)) {
      made = new Intl.NumberFormat(this.locale, {
        style: 'currency',
        currency: currency.toUpperCase(),
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
    }
    this.#money.set(currency, made)
    return made
  }
}
