import Core

extension TOTPSecret {
    /// The secret as authenticator apps scan it, in the Key URI Format
    /// (github.com/google/google-authenticator/wiki/Key-Uri-Format): `otpauth://totp/Issuer:account?secret=…`.
    ///
    /// - Parameters:
    ///   - issuer: Who runs this server, as the app shows it.
    ///   - account: What the person signs in with. Colons are left out of both, since one separates them.
    public func otpauthURI(issuer: String, account: String) -> String {
        let (issuer, account) = (Self.encoded(issuer), Self.encoded(account))
        return "otpauth://totp/\(issuer):\(account)?secret=\(base32)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(TOTP.digits)&period=\(TOTP.stepLength)"
    }

    /// Everything but the unreserved characters of RFC 3986, section 2.3, percent-encoded: some apps read `+` as a
    /// blank, and all of them end a value at `&` or `#`.
    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch Unicode.Scalar(byte) {
            case ":":
                continue
            case "A"..."Z", "a"..."z", "0"..."9", "-", ".", "_", "~":
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%" + HexDigits.encode([byte]).uppercased()
            }
        }
        return encoded
    }
}
