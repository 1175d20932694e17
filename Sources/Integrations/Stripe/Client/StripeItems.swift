/// All items of a list, page after page as they are asked for.
struct StripeItems<Listing: StripeListing>: AsyncSequence, Sendable {
    let client: StripeClient
    let listing: Listing
    let mostPages: Int

    func makeAsyncIterator() -> Iterator {
        Iterator(client: client, listing: listing, mostPages: mostPages)
    }

    struct Iterator: AsyncIteratorProtocol {
        let client: StripeClient
        let listing: Listing
        let mostPages: Int
        private var page: ArraySlice<Listing.Item> = []
        private var last: StripeID<Listing.Item>?
        private var pages = 0
        private var hasMore = true

        fileprivate init(client: StripeClient, listing: Listing, mostPages: Int) {
            self.client = client
            self.listing = listing
            self.mostPages = mostPages
        }

        /// - Throws: ``StripeError``, of it ``StripeError/endless(pages:)`` when there are others beyond the last page that is
        ///   read; `CancellationError`.
        mutating func next() async throws -> Listing.Item? {
            if page.isEmpty, hasMore { try await turn() }
            return page.popFirst()
        }

        private mutating func turn() async throws {
            guard pages < mostPages else { throw StripeError.endless(pages: mostPages) }
            let list = try await client.send(StripePage(listing: listing, after: last))
            pages += 1
            page = list.items[...]
            last = list.items.last?.id
            // Without an item there is nothing to go on from.
            hasMore = list.hasMore && last != nil
        }
    }
}

/// One page of a list.
private struct StripePage<Listing: StripeListing>: StripeReading {
    typealias Answer = StripeList<Listing.Item>

    /// Stripe's own bound.
    private static var size: Int64 { 100 }

    let listing: Listing
    let after: StripeID<Listing.Item>?

    var path: StripePath { listing.path }

    var form: StripeForm {
        var form = listing.form
        form.add("limit", Self.size)
        form.add("starting_after", after)
        return form
    }
}

extension StripeClient {
    /// More than anything that Plinth lists comes to.
    static let mostPages = 1000

    /// All items of a list, fetched a hundred at a time.
    func items<Listing: StripeListing>(
        of listing: Listing, mostPages: Int = StripeClient.mostPages
    ) -> StripeItems<Listing> {
        StripeItems(client: self, listing: listing, mostPages: mostPages)
    }
}
