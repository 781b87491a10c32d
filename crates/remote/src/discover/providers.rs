//! The well-known providers: host names and ports that each of them publishes for users of mail programs, in the help
//! pages of the site named above the entry. In November 2025 they agreed with the public autoconfiguration database at
//! github.com/thunderbird/autoconfig, as far as the domain is in it.
//!
//! Not here: the shape of an entry. A provider belongs here when many people use it and its servers cannot be guessed
//! from the domain, or when there is something to know before typing a password.

use super::provider::Provider;

const APP_PASSWORD: &str = "This provider wants a password made for mail programs (an app password), not the one for \
                            its web pages. Its security settings make one.";
const SWITCH_ON: &str = "This provider lets mail programs in only after it was allowed in the settings of its web \
                         mail.";
const SWITCH_ON_AND_CODE: &str = "Mail programs must be allowed in the settings of this provider's web mail, which \
                                  then shows the authorisation code to use as the password.";
const NO_PASSWORDS: &str = "Microsoft takes no passwords from mail programs for these addresses any more, so signing \
                            in will most likely be refused.";

pub(super) const PROVIDERS: &[Provider] = &[
    // support.google.com/mail.
    Provider::new("Gmail", "gmail.com googlemail.com")
        .imap("imap.gmail.com")
        .pop3("pop.gmail.com")
        .smtp("smtp.gmail.com")
        .hint(APP_PASSWORD),
    // support.microsoft.com.
    Provider::new(
        "Outlook.com",
        "outlook.com hotmail.com live.com msn.com windowslive.com hotmail.co.uk \
         hotmail.de hotmail.es hotmail.fr hotmail.it live.co.uk live.de live.fr live.it live.nl \
         live.se outlook.at outlook.com.br outlook.de outlook.es outlook.fr outlook.in outlook.it \
         outlook.jp outlook.kr outlook.pt",
    )
    .imap("outlook.office365.com")
    .pop3("outlook.office365.com")
    .submission("smtp-mail.outlook.com")
    .hint(NO_PASSWORDS),
    // help.yahoo.com.
    Provider::new(
        "Yahoo",
        "yahoo.com ymail.com rocketmail.com myyahoo.com yahoo.ca yahoo.co.in yahoo.co.uk yahoo.com.ar \
         yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.com.ph yahoo.de yahoo.es yahoo.fr yahoo.gr \
         yahoo.ie yahoo.in yahoo.it yahoo.se",
    )
    .imap("imap.mail.yahoo.com")
    .pop3("pop.mail.yahoo.com")
    .smtp("smtp.mail.yahoo.com")
    .hint(APP_PASSWORD),
    // support.yahoo-net.jp: the Japanese Yahoo is another company with other servers.
    Provider::new("Yahoo Japan", "yahoo.co.jp")
        .imap("imap.mail.yahoo.co.jp")
        .pop3("pop.mail.yahoo.co.jp")
        .smtp("smtp.mail.yahoo.co.jp")
        .by_local_part()
        .hint(SWITCH_ON),
    // help.aol.com.
    Provider::new("AOL", "aol.com aim.com netscape.net compuserve.com verizon.net")
        .imap("imap.aol.com")
        .pop3("pop.aol.com")
        .smtp("smtp.aol.com")
        .hint(APP_PASSWORD),
    // support.apple.com. There is no POP.
    Provider::new("iCloud", "icloud.com me.com mac.com")
        .imap("imap.mail.me.com")
        .by_local_part()
        .submission("smtp.mail.me.com")
        .hint(APP_PASSWORD),
    // hilfe.gmx.net and support.gmx.com.
    Provider::new(
        "GMX",
        "gmx.de gmx.net gmx.at gmx.ch gmx.eu gmx.biz gmx.org gmx.info",
    )
    .imap("imap.gmx.net")
    .pop3("pop.gmx.net")
    .smtp("mail.gmx.net")
    .hint(SWITCH_ON),
    Provider::new("GMX", "gmx.com gmx.us gmx.co.uk gmx.es gmx.fr")
        .imap("imap.gmx.com")
        .pop3("pop.gmx.com")
        .smtp("mail.gmx.com")
        .hint(SWITCH_ON),
    // hilfe.web.de.
    Provider::new("WEB.DE", "web.de")
        .imap("imap.web.de")
        .pop3("pop3.web.de")
        .smtp("smtp.web.de")
        .hint(SWITCH_ON),
    // support.mail.com.
    Provider::new(
        "mail.com",
        "mail.com email.com post.com usa.com consultant.com engineer.com",
    )
    .imap("imap.mail.com")
    .pop3("pop.mail.com")
    .smtp("smtp.mail.com")
    .hint(SWITCH_ON),
    // telekom.de/hilfe.
    Provider::new("Telekom", "t-online.de magenta.de")
        .imap("secureimap.t-online.de")
        .pop3("securepop.t-online.de")
        .smtp("securesmtp.t-online.de")
        .hint(APP_PASSWORD),
    // posteo.de/hilfe.
    Provider::new(
        "Posteo",
        "posteo.de posteo.net posteo.at posteo.ch posteo.eu posteo.org",
    )
    .imap("posteo.de")
    .pop3("posteo.de")
    .smtp("posteo.de"),
    // kb.mailbox.org.
    Provider::new("mailbox.org", "mailbox.org")
        .imap("imap.mailbox.org")
        .pop3("pop3.mailbox.org")
        .smtp("smtp.mailbox.org"),
    // fastmail.help.
    Provider::new(
        "Fastmail",
        "fastmail.com fastmail.fm fastmail.net fastmail.org fastmail.de",
    )
    .imap("imap.fastmail.com")
    .pop3("pop.fastmail.com")
    .smtp("smtp.fastmail.com")
    .hint(APP_PASSWORD),
    // zoho.com/mail/help.
    Provider::new("Zoho", "zoho.com zohomail.com")
        .imap("imap.zoho.com")
        .pop3("pop.zoho.com")
        .smtp("smtp.zoho.com")
        .hint(SWITCH_ON),
    // assistance.orange.fr.
    Provider::new("Orange", "orange.fr wanadoo.fr")
        .imap("imap.orange.fr")
        .pop3("pop.orange.fr")
        .smtp("smtp.orange.fr"),
    // assistance.free.fr.
    Provider::new("Free", "free.fr")
        .imap("imap.free.fr")
        .pop3("pop.free.fr")
        .smtp("smtp.free.fr")
        .by_local_part(),
    // assistance.sfr.fr.
    Provider::new("SFR", "sfr.fr neuf.fr club-internet.fr")
        .imap("imap.sfr.fr")
        .pop3("pop.sfr.fr")
        .smtp("smtp.sfr.fr"),
    // aide.laposte.net.
    Provider::new("La Poste", "laposte.net")
        .imap("imap.laposte.net")
        .pop3("pop.laposte.net")
        .smtp("smtp.laposte.net")
        .by_local_part(),
    // aiuto.libero.it.
    Provider::new("Libero", "libero.it iol.it blu.it inwind.it giallo.it")
        .imap("imapmail.libero.it")
        .pop3("popmail.libero.it")
        .smtp("smtp.libero.it"),
    // napoveda.seznam.cz.
    Provider::new("Seznam", "seznam.cz email.cz post.cz spoluzaci.cz")
        .imap("imap.seznam.cz")
        .pop3("pop3.seznam.cz")
        .smtp("smtp.seznam.cz")
        .hint(SWITCH_ON),
    // pomoc.wp.pl.
    Provider::new("WP", "wp.pl")
        .imap("imap.wp.pl")
        .pop3("pop3.wp.pl")
        .smtp("smtp.wp.pl")
        .by_local_part()
        .hint(SWITCH_ON),
    // pomoc.onet.pl.
    Provider::new(
        "Onet",
        "onet.pl onet.eu op.pl vp.pl poczta.onet.pl poczta.onet.eu",
    )
    .imap("imap.poczta.onet.pl")
    .pop3("pop3.poczta.onet.pl")
    .smtp("smtp.poczta.onet.pl"),
    // yandex.com/support/mail.
    Provider::new(
        "Yandex",
        "yandex.ru yandex.com ya.ru yandex.by yandex.kz yandex.ua yandex.net",
    )
    .imap("imap.yandex.com")
    .pop3("pop.yandex.com")
    .smtp("smtp.yandex.com")
    .hint(APP_PASSWORD),
    // help.mail.ru.
    Provider::new("Mail.ru", "mail.ru inbox.ru list.ru bk.ru")
        .imap("imap.mail.ru")
        .pop3("pop.mail.ru")
        .smtp("smtp.mail.ru")
        .hint(APP_PASSWORD),
    // help.rambler.ru.
    Provider::new("Rambler", "rambler.ru")
        .imap("imap.rambler.ru")
        .pop3("pop.rambler.ru")
        .smtp("smtp.rambler.ru")
        .hint(SWITCH_ON),
    // wx.mail.qq.com/list/readtemplate.
    Provider::new("QQ Mail", "qq.com foxmail.com")
        .imap("imap.qq.com")
        .pop3("pop.qq.com")
        .smtp("smtp.qq.com")
        .hint(SWITCH_ON_AND_CODE),
    // help.mail.163.com.
    Provider::new("NetEase 163", "163.com")
        .imap("imap.163.com")
        .pop3("pop.163.com")
        .smtp("smtp.163.com")
        .hint(SWITCH_ON_AND_CODE),
    Provider::new("NetEase 126", "126.com")
        .imap("imap.126.com")
        .pop3("pop.126.com")
        .smtp("smtp.126.com")
        .hint(SWITCH_ON_AND_CODE),
    // help.naver.com.
    Provider::new("Naver", "naver.com")
        .imap("imap.naver.com")
        .pop3("pop.naver.com")
        .smtp("smtp.naver.com")
        .hint(SWITCH_ON),
    // cs.daum.net.
    Provider::new("Daum", "daum.net hanmail.net")
        .imap("imap.daum.net")
        .pop3("pop.daum.net")
        .smtp("smtp.daum.net")
        .hint(SWITCH_ON),
    // swisscom.ch/help.
    Provider::new("Bluewin", "bluewin.ch bluemail.ch")
        .imap("imaps.bluewin.ch")
        .pop3("pop3s.bluewin.ch")
        .smtp("smtpauths.bluewin.ch"),
    // bt.com/help.
    Provider::new("BT", "btinternet.com btopenworld.com talk21.com")
        .imap("mail.btinternet.com")
        .pop3("mail.btinternet.com")
        .smtp("mail.btinternet.com"),
    // xfinity.com/support.
    Provider::new("Xfinity", "comcast.net")
        .imap("imap.comcast.net")
        .pop3("mail.comcast.net")
        .smtp("smtp.comcast.net")
        .hint(SWITCH_ON),
    // att.com/support.
    Provider::new(
        "AT&T",
        "att.net bellsouth.net sbcglobal.net ameritech.net currently.com",
    )
    .imap("imap.mail.att.net")
    .pop3("inbound.att.net")
    .smtp("smtp.mail.att.net")
    .hint(APP_PASSWORD),
    // telstra.com.au/support.
    Provider::new("Telstra", "bigpond.com bigpond.net.au telstra.com")
        .imap("imap.telstra.com")
        .pop3("pop.telstra.com")
        .smtp("smtp.telstra.com"),
    // kpn.com/service.
    Provider::new("KPN", "kpnmail.nl planet.nl hetnet.nl kpnplanet.nl wxs.nl")
        .imap("imap.kpnmail.nl")
        .pop3("pop.kpnmail.nl")
        .smtp("smtp.kpnmail.nl"),
    // ajuda.sapo.pt.
    Provider::new("SAPO", "sapo.pt meo.pt")
        .imap("imap.sapo.pt")
        .pop3("pop.sapo.pt")
        .smtp("smtp.sapo.pt"),
];
