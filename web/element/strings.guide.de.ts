// The setup guide in German. Stripe's form is in English for everybody, or says the same
// with other words in other places: its names stand as the written guide has them.

import type {Language} from './strings.en.js'

export const guide: Language['guide'] = {
  open: 'Schritt f\u00fcr Schritt zeigen',
  lead: 'Um Ihre Stripe-Daten in Precision zu lesen, erstellen Sie in Stripe einen eingeschr\u00e4nkten Schl\u00fcssel und f\u00fcgen ihn hier ein. Das dauert etwa 5 Minuten.',
  before: {
    title: 'Bevor Sie beginnen',
    text: '\u00d6ffnen Sie Ihr Stripe-Konto und halten Sie Ihr Telefon bereit: Stripe verlangt eine Zwei-Faktor-Best\u00e4tigung, um einen neuen Schl\u00fcssel zu zeigen.',
  },
  quick: {
    text: 'Am schnellsten: \u00d6ffnen Sie das Formular von Stripe, in dem Name und Berechtigungen schon eingetragen sind. Sehen Sie es durch, erstellen Sie den Schl\u00fcssel und kopieren Sie ihn.',
    link: 'Ausgef\u00fclltes Formular in Stripe \u00f6ffnen',
    otherwise: 'Wenn das Formular leer ist, f\u00fcllen Sie es mit diesen Schritten von Hand aus:',
  },
  part1: 'Teil 1: Einen eingeschr\u00e4nkten Schl\u00fcssel in Stripe erstellen',
  steps: [
    {text: 'Klicken Sie in Stripe unten links auf **Developers**.'},
    {text: 'W\u00e4hlen Sie im Men\u00fc \u201eDevelopers\u201c den Punkt **API Keys**.'},
    {text: 'Klicken Sie auf **Restricted Keys** und dann auf **Add Restricted Key**.'},
    {text: 'W\u00e4hlen Sie auf die Frage hin **\u201cProvide this key to a third-party application\u201d**.'},
    {
      text: 'Tragen Sie die Angaben zum Schl\u00fcssel ein:',
      details: [
        {term: 'Name', text: 'Etwas, das Sie wiedererkennen, z. B. Precision oder Precision Scorecard'},
        {term: 'URL', text: 'precision.co'},
      ],
    },
    {text: 'Haken Sie **\u201cCustomize permissions for this key\u201d** an und klicken Sie auf **Continue**.'},
    {
      text: 'Stellen Sie alle Berechtigungen auf **Read**:',
      pitfall: true,
      details: [
        {text: 'Klicken Sie ganz oben in der Kopfzeile auf **Read**. Damit stehen alle Zeilen auf einmal auf \u201eRead\u201c.'},
        {
          text: 'Ausnahmen: Stellen Sie diese auf **None**:',
          items: [
            'Jede Zeile, die nur \u201eNone\u201c oder \u201eWrite\u201c anbietet (ohne \u201eRead\u201c)',
            'Am Ende der Liste: **Provisioning, Radar, Sigma, Stripe CLI Permissions, Terminal, Webhooks** und **Workflow**',
          ],
        },
        {
          text: 'Wenn Sie ein Stripe-Connect-Konto haben, sehen Sie zwei Reihen von Berechtigungen. F\u00fcr beide gelten dieselben Regeln.',
        },
      ],
    },
    {text: 'Klicken Sie auf **Create Key**.'},
    {text: 'Schlie\u00dfen Sie die Zwei-Faktor-Best\u00e4tigung von Stripe ab (E-Mail oder Biometrie, dann ein Code per SMS).'},
    {
      text: '**Kopieren Sie den Schl\u00fcssel sofort.** Stripe zeigt ihn nur ein einziges Mal.',
      warning:
        'Wenn Sie die Seite verlassen, ohne ihn zu kopieren, ist der Schl\u00fcssel verloren. Gehen Sie dann zur\u00fcck zu Schritt 3 und erstellen Sie einen neuen.',
    },
  ],
  part2: 'Teil 2: Den Schl\u00fcssel in Precision verbinden',
  steps2: [
    {text: '\u00d6ffnen Sie in Precision die Seite f\u00fcr die Stripe-Anbindung. Hier sind Sie gerade.'},
    {text: 'F\u00fcgen Sie Ihren eingeschr\u00e4nkten Schl\u00fcssel **nur in das erste Feld** ein. Lassen Sie das zweite leer.'},
    {text: 'Klicken Sie auf **Verbinden**.'},
  ],
  after:
    'Sobald die Verbindung steht, liest Precision Ihre Rechnungen, Zahlungen, Abonnements und Kunden von selbst aus Stripe.',
  trouble: 'Wenn etwas nicht klappt',
  answers: [
    {
      question: 'Der Schl\u00fcssel funktioniert nicht.',
      answer:
        'Meist ist eine Berechtigung falsch eingestellt. \u201eVerbinden\u201c pr\u00fcft sie f\u00fcr Sie und nennt die Zeilen, die zu \u00e4ndern sind: Alle \u00fcblichen Berechtigungen sollten auf \u201eRead\u201c stehen, die am Ende der Liste (Provisioning, Radar, Sigma und so weiter) auf \u201eNone\u201c.',
    },
    {
      question: 'Ich muss Stripe neu verbinden.',
      answer:
        'Erstellen Sie mit den Schritten oben einen neuen eingeschr\u00e4nkten Schl\u00fcssel, f\u00fcgen Sie ihn in das erste Feld ein und klicken Sie auf \u201eVerbinden\u201c.',
    },
    {
      question: 'Fragen?',
      answer: 'Nutzen Sie das Chat-Symbol unten rechts in Ihrem Precision-Konto.',
    },
  ],
}
