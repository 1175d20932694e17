import Core
import Foundation
import Testing

@testable import Integrations

struct StripeFormTests {
    private struct Inner: StripeFormObject {
        let form = StripeForm { form in
            form.add("a", "1")
            form.add("b[c]", ["x", "y"])
        }
    }

    @Test func `lists have indices, objects have names, and what is nested has both`() {
        let form = StripeForm { form in
            form.add("items", [Inner(), Inner()])
            form.add("metadata", ["z": "1", "a": "2"])
            form.expand(["latest_invoice.payments"])
        }
        #expect(
            form.fields.map { "\($0.name)=\($0.value)" } == [
                "items[0][a]=1", "items[0][b][c][0]=x", "items[0][b][c][1]=y",
                "items[1][a]=1", "items[1][b][c][0]=x", "items[1][b][c][1]=y",
                "metadata[a]=2", "metadata[z]=1", "expand[0]=latest_invoice.payments",
            ])
    }

    @Test func `what is nil is not sent, and what is unset is sent empty`() {
        let form = StripeForm { form in
            form.add("kept", String?.none)
            form.add("unset", StripeSetting<[Inner]>.unset)
            form.add("set", StripeSetting.set("x"))
            form.add("none", [String]())
            form.expand([])
        }
        #expect(form.encoded == "unset=&set=x")
    }

    @Test func `scalars are written as Stripe reads them`() {
        let form = StripeForm { form in
            form.add("yes", true)
            form.add("no", false)
            form.add("most", Int64.max)
            form.add("least", Int64.min)
            form.add("time", Timestamp(microseconds: 1_767_225_600_999_999))
            form.add("percent", StripePercent(hundredths: 1250))
        }
        #expect(
            form.encoded == "yes=true&no=false&most=9223372036854775807&least=-9223372036854775808"
                + "&time=1767225600&percent=12.5")
    }

    @Test(arguments: [
        ("a&b=c", "a%26b%3Dc"), ("é", "%C3%A9"), ("a b+c", "a%20b%2Bc"), ("[x]", "%5Bx%5D"), ("%5B", "%255B"),
        ("\r\n\0", "%0D%0A%00"), ("🦉", "%F0%9F%A6%89"),
    ])
    func `a value can't be another parameter`(value: String, encoded: String) {
        let form = StripeForm { $0.add("metadata", ["k": value]) }
        #expect(form.encoded == "metadata[k]=\(encoded)")
    }

    @Test func `the same call has the same body however its metadata came together`() {
        let keys = (0..<50).map { "key\($0)" }
        let one = Dictionary(uniqueKeysWithValues: keys.map { ($0, "v") })
        let other = Dictionary(uniqueKeysWithValues: keys.reversed().map { ($0, "v") })
        #expect(StripeForm { $0.add("metadata", one) } == StripeForm { $0.add("metadata", other) })
    }
}
