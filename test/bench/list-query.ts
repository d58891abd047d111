/** What a page that lists profiles asks. */
const LIST_QUERY = `
  query ProfileList($first: Int) {
    profiles(first: $first) {
      nodes {
        id
        name
        team { slug name }
        approved {
          number
          digest
          createdAt
          expiresAt
          resolution { bounding risk { score tier } }
        }
        pending {
          id
          state
          author { login }
          justification
          requiredApprovals
          createdAt
          reviews { reviewer { login } verdict comment digest standing createdAt }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export const PAGE_SIZE = 20;

/** The request that every contestant of the list gets, to the byte. */
export const LIST_BODY = JSON.stringify({ query: LIST_QUERY, variables: { first: PAGE_SIZE } });
