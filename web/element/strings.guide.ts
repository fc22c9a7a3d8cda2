// The setup guide, whole: what to do in Stripe, what to do here, and what to look
// at when it does not work.

export interface GuideStep {
  readonly text: string
  readonly details?: readonly GuideDetail[]
  readonly warning?: string
  /** Where most go wrong; the page marks it. */
  readonly pitfall?: boolean
}

export interface GuideDetail {
  readonly term?: string
  readonly text: string
  readonly items?: readonly string[]
}

export interface GuideAnswer {
  readonly question: string
  readonly answer: string
}

export const guide = {
  open: 'Show me step by step',
  lead: 'To pull your Stripe data into Precision, you create a restricted key in Stripe and paste it here. This takes about 5 minutes.',
  before: {
    title: 'Before you start',
    text: 'Have your Stripe account open and your phone nearby: Stripe requires two-factor authentication to reveal a new key.',
  },
  quick: {
    text: 'Quickest: open Stripe\u2019s form with the name and every permission already set. Look it over, create the key and copy it.',
    link: 'Open the filled-in form in Stripe',
    otherwise: 'If the form opens empty, fill it in by hand with these steps:',
  },
  part1: 'Part 1: Create a restricted key in Stripe',
  steps: [
    {text: 'In Stripe, click **Developers** in the bottom-left corner.'},
    {text: 'Select **API Keys** from the Developers menu.'},
    {text: 'Click **Restricted Keys**, then click **Add Restricted Key**.'},
    {text: 'When prompted, choose **\u201cProvide this key to a third-party application\u201d**.'},
    {
      text: 'Fill in the key details:',
      details: [
        {term: 'Name', text: 'Something you will recognize, e.g. Precision or Precision Scorecard'},
        {term: 'URL', text: 'precision.co'},
      ],
    },
    {text: 'Check **\u201cCustomize permissions for this key\u201d** and click **Continue**.'},
    {
      text: 'Set all permissions to **Read**:',
      pitfall: true,
      details: [
        {text: 'Click **Read** in the top header row. This sets every row to Read at once.'},
        {
          text: 'Exceptions: set these to **None**:',
          items: [
            'Any row that only shows None or Write (it has no Read option)',
            'At the bottom of the list: **Provisioning, Radar, Sigma, Stripe CLI Permissions, Terminal, Webhooks** and **Workflow**',
          ],
        },
        {
          text: 'If you have a Stripe Connect account, you will see two rows of permissions. Apply the same rules to both rows.',
        },
      ],
    },
    {text: 'Click **Create Key**.'},
    {text: 'Complete Stripe\u2019s two-factor authentication (email or biometric, then a text code).'},
    {
      text: '**Copy the key immediately.** Stripe shows it only once.',
      warning:
        'If you leave the page before copying, the key is gone. Go back to step 3 and create a new one.',
    },
  ] as readonly GuideStep[],
  part2: 'Part 2: Connect the key in Precision',
  steps2: [
    {text: 'In Precision, open the Stripe integration screen. You are here.'},
    {text: 'Paste your restricted key into the **first field only**. Leave the second field empty.'},
    {text: 'Click **Connect**.'},
  ] as readonly GuideStep[],
  after:
    'Once connected, Precision pulls your invoices, payments, subscriptions and customers from Stripe automatically.',
  trouble: 'If something does not work',
  answers: [
    {
      question: 'The key is not working.',
      answer:
        'The most common cause is a permission that is set wrong. Connect checks them for you and names the rows to change: all standard permissions should be Read, and those at the bottom of the list (Provisioning, Radar, Sigma and so on) should be None.',
    },
    {
      question: 'I need to reconnect Stripe.',
      answer:
        'Create a new restricted key with the steps above, paste it into the first field and click Connect.',
    },
    {
      question: 'Questions?',
      answer: 'Use the chat icon in the bottom-right corner of your Precision account.',
    },
  ] as readonly GuideAnswer[],
} as const
