import Core
import Testing

struct ImageTypeTests {
    @Test(arguments: [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], ImageType.png), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
        (Array("GIF89a…".utf8), .gif), (Array("GIF87a".utf8), .gif),
        (Array("RIFF".utf8) + [1, 2, 3, 4] + Array("WEBPVP8 ".utf8), .webp),
    ])
    func `a picture is told by its first bytes`(bytes: [UInt8], type: ImageType) {
        #expect(ImageType(of: bytes) == type)
        #expect(type.mediaType.text == type.rawValue)
    }

    @Test(arguments: [
        "", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "<html>", "GIF88a", "RIFF1234WAVE", "PNG", "\u{89}PNG",
    ])
    func `what is none is none, whatever it says`(text: String) {
        #expect(ImageType(of: Array(text.utf8)) == nil)
    }
}
