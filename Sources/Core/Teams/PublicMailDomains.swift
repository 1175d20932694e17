extension DomainName {
    /// Whether everybody can have an address there: a domain that no team can call its own. Of the many such providers those
    /// that are known best; of the others the postmaster's word or the DNS has to be enough.
    public var isOfPublicMail: Bool { Self.publicMail.contains(ascii) }

    private static let publicMail: Set<String> = [
        // Google, Microsoft, Yahoo, Apple, AOL
        "gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "outlook.de", "outlook.es", "outlook.it",
        "outlook.jp", "outlook.com.br", "hotmail.com", "hotmail.co.uk", "hotmail.fr", "hotmail.de", "hotmail.it",
        "hotmail.es", "live.com", "live.co.uk", "live.fr", "live.nl", "live.de", "msn.com", "passport.com",
        "yahoo.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "yahoo.it", "yahoo.es", "yahoo.co.jp", "yahoo.co.in",
        "yahoo.com.br", "yahoo.ca", "ymail.com", "rocketmail.com", "myyahoo.com", "icloud.com", "me.com", "mac.com",
        "aol.com", "aim.com", "verizon.net",
        // Providers of mail
        "proton.me", "protonmail.com", "protonmail.ch", "pm.me", "tutanota.com", "tutanota.de", "tutamail.com",
        "tuta.com", "tuta.io", "keemail.me", "fastmail.com", "fastmail.fm", "hey.com", "zoho.com", "zohomail.com",
        "zohomail.eu", "gmx.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.fr", "mail.com", "email.com",
        "web.de", "freenet.de", "mailbox.org", "posteo.de", "posteo.net", "mailfence.com", "runbox.com",
        "hushmail.com", "duck.com", "mozmail.com", "inbox.com", "mail.ru", "bk.ru", "inbox.ru", "list.ru",
        "internet.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru", "ukr.net", "i.ua", "wp.pl", "o2.pl",
        "onet.pl", "interia.pl", "seznam.cz", "email.cz", "centrum.cz", "libero.it", "virgilio.it", "tiscali.it",
        "alice.it", "tim.it", "laposte.net", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "bbox.fr",
        "t-online.de", "bluewin.ch", "hispavista.com", "terra.com.br", "uol.com.br", "bol.com.br", "qq.com",
        "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "aliyun.com", "139.com",
        "naver.com", "hanmail.net", "daum.net", "nate.com", "rediffmail.com", "docomo.ne.jp", "ezweb.ne.jp",
        // Providers of access
        "comcast.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "earthlink.net",
        "btinternet.com", "sky.com", "virginmedia.com", "ntlworld.com", "talktalk.net", "shaw.ca", "rogers.com",
        "bigpond.com", "optusnet.com.au", "telenet.be", "skynet.be", "ziggo.nl", "kpnmail.nl", "xs4all.nl",
        "telia.com",
        // For a moment
        "mailinator.com", "guerrillamail.com", "10minutemail.com", "temp-mail.org", "yopmail.com", "trashmail.com",
        "sharklasers.com",
    ]
}
