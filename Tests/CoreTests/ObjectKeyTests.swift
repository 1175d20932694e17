import Core
import Testing

struct ObjectKeyTests {
    @Test(arguments: ["a", "avatars/0198c5f0/original.png", "a/b/c/d", "x-y_z.1", String(repeating: "a", count: 100)])
    func `names are letters, digits and a few signs in parts`(text: String) {
        #expect(ObjectKey(text)?.text == text)
    }

    @Test(arguments: [
        "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/..", "a/.hidden", "A", "a b", "a\\b", "a:b",
        "a%2fb",
        "a\u{0}", "a\n", "é", "a/\u{202E}b", String(repeating: "a", count: 101),
        Array(repeating: "abcdefgh", count: 30).joined(separator: "/"), "~", "a?b", "a#b", "C:", "a/\u{FF0E}\u{FF0E}/b",
    ])
    func `what could lead elsewhere names nothing`(text: String) {
        #expect(ObjectKey(text) == nil)
    }

    @Test func `a media type is a type and a subtype`() {
        #expect(MediaType("Image/PNG")?.text == "image/png")
        #expect(MediaType("application/vnd.api+json") != nil)
        for text in [
            "", "image", "image/", "/png", "a/b/c", "text/html; charset=utf-8", "a b/c", "é/x", "image/png\r\n", "*/*",
        ] {
            #expect(MediaType(text) == nil, "\(text)")
        }
    }
}
