/// What operators and tools ask.
public enum OperationsEndpoints {
    public static let live = Endpoint<Nothing, Nothing, Nothing, OK<LivenessBody>>(
        .get, "/health/live", id: "getLiveness", tag: "operations", summary: "Whether the process answers.",
        authentication: .none
    ) {
        $0.entityTag = .none
        $0.isUnlimited = true
    }

    public static let ready = Endpoint<
        Nothing, Nothing, Nothing, Either<OK<ReadinessBody>, Unavailable<ReadinessBody>>
    >(
        .get, "/health/ready", id: "getReadiness", tag: "operations",
        summary: "Whether the instance should get requests, and what it stands on.", authentication: .none
    ) {
        $0.entityTag = .none
        $0.isUnlimited = true
    }

    public static let openAPI = Endpoint<Nothing, Nothing, Nothing, EncodedJSON>(
        .get, "/openapi.json", id: "getDescription", tag: "operations", summary: "This description (OpenAPI 3.1).",
        authentication: .none)

    public static let all: [any DescribedEndpoint] = [live, ready, openAPI]
}
