import Foundation

extension OpenIDResponse {
    /// Discovery documents, key sets and token answers have a few KB.
    static let largestBody = 256 * 1024  // bytes

    /// The members of the JSON object in the body.
    /// - Throws: `OpenIDProblem.unreadableAnswer`
    func members(
        ofType types: Set<String> = ["application/json"]
    ) throws(OpenIDProblem) -> [String: StrictJSON] {
        guard let mediaType, types.contains(mediaType), body.count <= Self.largestBody,
            let members = StrictJSON.members(of: body)
        else { throw .unreadableAnswer }
        return members
    }

    var mediaType: String? {
        contentType?.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }
}

extension OpenIDTransport {
    /// The members of the JSON object at an address.
    func members(
        at url: ProviderURL, ofType types: Set<String> = ["application/json"]
    ) async throws(OpenIDProblem) -> [String: StrictJSON] {
        try await answer(at: url).members(ofType: types)
    }

    /// What is answered with 200 at an address.
    func answer(
        at url: ProviderURL, bearerToken: BearerToken? = nil
    ) async throws(OpenIDProblem) -> OpenIDResponse {
        let response: OpenIDResponse
        do {
            response = try await get(url.text, bearerToken: bearerToken)
        } catch {
            throw .unreachable
        }
        guard response.status == 200 else { throw .failing(status: response.status) }
        return response
    }
}
