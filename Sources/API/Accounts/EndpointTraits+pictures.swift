extension EndpointTraits {
    /// How a picture that was sent is refused.
    static let pictureErrors: [ProblemCode] = [
        .lengthRequired, .payloadTooLarge, .unsupportedMediaType, .malformedRequest, .requestTimeout, .versionConflict,
    ]

    /// The body is a picture, of at most 1 MiB.
    mutating func takesPicture() {
        bodyLimit = BodyLimit(bytes: 1024 * 1024)
        streamsBody = true
        entityTag = .none
        rateLimit = RateLimit(perMinute: 20)
    }
}
