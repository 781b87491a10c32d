//! Hosts next to the houses whose names are often forged: their doubles, their own further domains, and honest small houses that have
//! such words in their names. Hosts are divided as the public suffix list has it.

use waxwing_sanitize::look_at;

use super::*;

/// What a host warns of, to somebody who has dealt with nobody.
fn warnings(host: &str) -> Vec<LinkWarning> {
    let houses = often_forged().map(|name| (name, Standing::House));
    let providers = provider_domains()
        .into_iter()
        .map(|name| (name, Standing::Provider));
    let mut domains: BTreeMap<&str, Standing> = providers.collect();
    domains.extend(houses);
    let domains: Vec<Domain> = domains
        .into_iter()
        .map(|(name, standing)| Domain {
            name: name.to_owned(),
            standing,
        })
        .collect();
    let owner = |host: &str| registered(host).map(str::to_owned);
    let known = Known {
        registered: &owner,
        listed: &is_listed,
        domains: &domains,
    };
    look_at(&format!("https://{host}/"), &known)
        .expect("a link to the web")
        .warnings
}

#[test]
fn the_lists_of_houses_name_what_somebody_has_registered() {
    let own = include_str!("../../../../sanitize/data/of_houses.txt").lines();
    let own = own.filter(|line| !line.starts_with('#'));
    for domain in often_forged().chain(own) {
        assert_eq!(
            registered(domain),
            Some(domain),
            "no suffix alone, and no host below one"
        );
        assert!(is_listed(domain), "{domain} ends as hosts do");
    }
}

#[test]
fn what_is_a_house_s_own_in_other_countries_and_under_other_names_is_told_as_nobody_s_double() {
    for host in HONEST.split_whitespace() {
        assert_eq!(warnings(host), [], "{host}");
    }
}

#[test]
fn small_houses_that_have_such_words_in_their_names_are_no_forgers() {
    for host in SMALL.split_whitespace() {
        assert_eq!(warnings(host), [], "{host}");
    }
}

#[test]
fn doubles_of_houses_are_told_also_of_those_whose_names_others_have() {
    let like = |name: &str| LinkWarning::LooksLike(name.to_owned());
    let begins = |name: &str| LinkWarning::BeginsLike(name.to_owned());
    let holds = |name: &str| LinkWarning::Holds(name.to_owned());
    for (host, expected) in [
        ("login.rnicrosoft.com", like("microsoft.com")),
        ("mondlalrelay.com", like("mondialrelay.com")),
        ("sharepiont.com", like("sharepoint.com")),
        ("telekon.de", like("telekom.de")),
        ("b00king.com", like("booking.com")),
        ("chase.com.evil.example", begins("chase.com")),
        ("www.booking.com.evil.example", begins("booking.com")),
        ("secure.booking.com-confirm.example", begins("booking.com")),
        ("irs.gov.refunds.example", begins("irs.gov")),
        ("impots.gouv.fr-compte.example", begins("impots.gouv.fr")),
        ("impots-paiement.fr", holds("impots.gouv.fr")),
        ("hmrc-refund.com", holds("hmrc.gov.uk")),
        ("evri-redelivery.com", holds("evri.com")),
        ("telekom-rechnung.com", holds("telekom.de")),
        ("antai-paiement.com", holds("antai.gouv.fr")),
        ("dkb-sicherheit.com", holds("dkb.de")),
        ("ledger-wallet.io", holds("ledger.com")),
        ("santander-security.com", holds("santander.co.uk")),
        ("correos-envio.com", holds("correos.es")),
        ("inpost-parcel.com", holds("inpost.pl")),
        ("mitid-support.com", holds("mitid.dk")),
        ("netflix-gift.com", holds("netflix.com")),
        ("my-capitalone.net", holds("capitalone.com")),
    ] {
        assert_eq!(warnings(host), [expected], "{host}");
    }
}

/// Hosts of houses of the list, and of their sisters, which letters truly come from and lead to.
const HONEST: &str = "
    e.amazon.com marketing.amazon.de amazon.com.be amazon.com.tr amazon.sg amazon.ae amazon.eg pay.amazon.com static-eu.payments-amazon.com
    m.media-amazon.com amazonaws.com aboutamazon.de amazonses.com amazon.jobs primevideo.com audible.de
    google.de google.co.jp accounts.google.com googleusercontent.com googleapis.com google-analytics.com youtu.be youtube.de
    email.apple.com insideapple.apple.com cdn-apple.com apple-dns.net icloud-content.com apple.news me.com
    account.microsoft.com microsoftonline.us secure.aadcdn.microsoftonline-p.com onmicrosoft.com microsoft365.com microsoftazure.de
    sharepointonline.com fjord-my.sharepoint.com outlook.live.com outlook.office365.com office.net azure.com microsoftstore.com
    paypalobjects.com e.paypal.de paypal.com.au paypal-community.com paypal-corp.com paypay.ne.jp
    ebay.com.au ebay.at reply.ebay.de ebaystatic.com ebay-kleinanzeigen.de mail.kleinanzeigen.de
    service.dhl.de noreply.dhl.com dhl.at dhl.co.uk dhlparcel.nl dhl-usa.com dpdhl.com deutschepost.com dpd.de dpd.co.uk dpdgroup.com
    gls-group.eu gls-italy.com gls-spain.es gls.de gls-pakete.de hermesworld.com myhermes.at tnt.fr email.ups.com email.fedex.com
    informeddelivery.usps.com royalmailgroup.com parcelforce.co.uk postnord.no postnord.fi postnl.be laposte.net lapostemobile.fr
    notif-colissimo-laposte.info mondialrelay.be mondialrelay.es correosexpress.com inpost.it inpost.es inpost.co.uk postepay.it
    anpost.com postaonline.cz canadapost-postescanada.ca post.ch post.at poste.com
    db.com deutschebank.be deutsche-bank-stiftung.de postbank.bg dslbank.de hsbc.fr hsbc.com.hk citibank.pl santander.de santander.pl
    santander.com santanderbank.com santanderconsumer.de openbank.es bbva.mx bbva.com.ar ing.es ing.be ing-diba.de rabobank.com abnamro.com
    unicreditgroup.eu unicreditbank.cz barclaycard.co.uk barclays.in barclaycardus.com lloydsbankinggroup.com natwestgroup.com
    nationwide.com nationwide-service.co.uk chase.co.uk jpmorgan.com jpmorganchase.com tdbank.com tdameritrade.com rbc.com capitalone.co.uk
    discovercard.com aexp.com americanexpress.io mastercard.de mastercard.us visaeurope.com bnpparibas.net bnpparibas-am.com
    mabanque.bnpparibas labanquepostale.com credit-agricole.it credit-agricole.com ca-paris.fr societegenerale.com erstebank.hu
    erstebank-open.com sparkasse-hannover.de sparkasse-bank-malta.com volksbank-hannover.de kskmse.de
    facebook.net fbcdn.net facebookmail.com instagram-engineering.com whatsapp.net licdn.com linkedin-ei.com nflxext.com netflix.net
    spotify.net scdn.co dropboxapi.com dropbox.tech dropbox-dns.com docusign.fr docusign.co.uk githubusercontent.com github.io gitlab.com
    vodafone.com vodafone.co.uk vodafone-ip.de vodafone-stiftung.de vodafoneziggo.nl t-mobile.nl t-mobile.cz t-online.de telekom.hu telekom.com
    telekom-stiftung.de telekom-baskets-bonn.de t-systems.com swisscom.com bluewin.ch cfspart.impots.gouv.fr dgfip.finances.gouv.fr
    service-public.fr www.gov.uk tax.service.gov.uk hmrc.gov.uk belastingdienst.be agenziaentrate.gov.it sede.agenciatributaria.gob.es
    zalando-lounge.de zalando.at rakuten.com rakuten.tv rakuten-card.co.jp rakuten-bank.co.jp smbc-card.com smbcnikko.co.jp amazon.co.jp
    aliexpress.ru alibabacloud.com mercadolibre.com.ar mercadopago.com.br mercadolivre.com samsungcard.com tiktokcdn.com naver.net
    kakaocorp.com ikea.net steamstatic.com store.steampowered.com discordapp.com t.me binance.us coinbase.design
";

/// Domains of everybody else.
const SMALL: &str = "
    cloud.com fjord.cloud.com finance.com minted.com klara.com amazone.de skill.com inuit.com webchat.com horizon.com cooking.com bookings.com
    looking.com market-outlook.com open-ledger.com general-ledger.org hotel-santander.com turismo-santander.es learn-sharepoint.com
    sharepoint-blog.de auto-kleinanzeigen.de kleinanzeigen-online.de chase-security.com target-online.com wise-accounts.co.uk visa-services.com
    free-delivery.com skat-online.de post-service.de bahn-service.de orange-delivery.com ups-service.com ing-service.at norton-centre.co.uk
    kraken-tracking.com slack-center.de booking-center.com booking-online.net my-booking.com halifax-delivery.ca weisse-elster.de
    elster-wasserverband.de pizzeria-alibaba.de allegro-musik.de museum-telekom.de telekom-museum.de apple-orchard.com pineapple-support.com
    adobe-houses.com youtube-tips.de discover-iceland.com fidelity-accounts.com schwab.de klic-trezor.cz trezory-online.cz office-center.de
    impots-conseil.fr club-correos.org bestbuy-tires.com sky-service.de zoom-service.de stripe-pattern.com uber-uns.de desjardins-paysage.ca
    discord-bots.org telegram-channels.net tiktok-agency.com line-up.org grab-service.de visa-online.de free-account.net ctt-online.de
    otto-service.de bring-service.no argenta-online.de dhs.com apples.com papal.org global-services.com ee-service.de caf-service.fr
";
